package dev.gatehouse.common.database;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/**
 * Runs work that no request waits for. Each run has a Vert.x context of its own, as Hibernate
 * Reactive keeps its session there, and two runs must not share one.
 */
@ApplicationScoped
public class Background {

  private final Vertx vertx;

  Background(Vertx vertx) {
    this.vertx = vertx;
  }

  public <T> Uni<T> run(Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .emitter(
            emitter -> {
              Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
              VertxContextSafetyToggle.setContextSafe(context, true);
              context.runOnContext(
                  now ->
                      Uni.createFrom()
                          .voidItem()
                          .flatMap(start -> work.get())
                          .subscribe()
                          .with(emitter::complete, emitter::fail));
            });
  }
}
