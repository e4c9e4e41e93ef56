package dev.gatehouse.common.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TurnstileTest {

  private final Turnstile turnstile = new Turnstile(2);
  private final List<String> begun = new ArrayList<>();
  private final List<UniEmitter<? super String>> under = new ArrayList<>();
  private final List<CompletableFuture<String>> results = new ArrayList<>();

  @Test
  void onlySoManyAreUnderWayAndTheOthersFollowInOrder() {
    pass("one");
    pass("two");
    pass("three");
    pass("four");
    assertThat(begun).containsExactly("one", "two");

    under.get(0).complete("done");

    assertThat(results.get(0)).isCompletedWithValue("done");
    assertThat(begun).containsExactly("one", "two", "three");
    under.get(1).complete("done");
    assertThat(begun).containsExactly("one", "two", "three", "four");
  }

  @Test
  void whoFailsLeavesRoomToo() {
    pass("one");
    pass("two");
    pass("three");

    under.get(0).fail(new IllegalStateException("broken"));

    assertThat(results.get(0)).isCompletedExceptionally();
    assertThat(begun).contains("three");
  }

  @Test
  void workThatThrowsLeavesRoomToo() {
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> turnstile.pass(TurnstileTest::thrown).await().indefinitely())
          .isInstanceOf(IllegalStateException.class);
    }

    pass("after");

    assertThat(begun).containsExactly("after");
  }

  @Test
  void whoHasWaitedGoesOnWhereItAsked() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      pass("one");
      pass("two");
      Context context = vertx.getOrCreateContext();
      CompletableFuture<Context> seen = new CompletableFuture<>();
      CompletableFuture<Void> asked = new CompletableFuture<>();
      context.runOnContext(
          v -> {
            turnstile
                .pass(
                    () -> {
                      seen.complete(Vertx.currentContext());
                      return Uni.createFrom().item("there");
                    })
                .subscribe()
                .with(item -> assertThat(item).isEqualTo("there"));
            asked.complete(null);
          });
      asked.get(10, TimeUnit.SECONDS);

      under.get(0).complete("done");

      assertThat(seen.get(10, TimeUnit.SECONDS)).isSameAs(context);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }

  private static Uni<String> thrown() {
    throw new IllegalStateException("thrown");
  }

  private void pass(String name) {
    results.add(
        turnstile
            .pass(
                () -> {
                  begun.add(name);
                  return Uni.createFrom().<String>emitter(under::add);
                })
            .subscribeAsCompletionStage());
  }
}
