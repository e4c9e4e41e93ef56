package dev.gatehouse.gateway.trust;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One feed as its follower sees it. */
final class FollowedView implements FeedView {

  private final FeedStatus status;
  private final Time time;
  private final OtherSide<?> otherSide;
  private final Executor executor;
  private final AtomicReference<@Nullable Promise<OtherState>> reading = new AtomicReference<>();

  /**
   * @param executor may be blocked
   */
  FollowedView(FeedStatus status, Time time, OtherSide<?> otherSide, Executor executor) {
    this.status = status;
    this.time = time;
    this.otherSide = otherSide;
    this.executor = executor;
  }

  @Override
  public String feed() {
    return status.feed();
  }

  @Override
  public State state() {
    return status.view();
  }

  @Override
  public Optional<UUID> epoch() {
    return status.epoch();
  }

  @Override
  public long revision() {
    return status.revision();
  }

  @Override
  public Optional<Duration> age() {
    return status.age(time.moment());
  }

  @Override
  public OptionalLong head() {
    return status.head();
  }

  @Override
  public Future<Optional<OtherState>> other() {
    if (state() != State.OTHER_HISTORY) {
      return Future.succeededFuture(Optional.empty());
    }
    Promise<OtherState> mine = Promise.promise();
    Promise<OtherState> others = reading.compareAndExchange(null, mine);
    if (others == null) {
      start(mine);
    }
    return onCallersContext((others == null ? mine : others).future().map(Optional::of));
  }

  private void start(Promise<OtherState> result) {
    try {
      executor.execute(() -> read(result));
    } catch (RejectedExecutionException e) {
      reading.set(null);
      result.fail(e);
    }
  }

  private void read(Promise<OtherState> result) {
    try {
      OtherState state = otherSide.read();
      reading.set(null);
      result.complete(state);
    } catch (Throwable failure) {
      reading.set(null);
      result.fail(failure);
    }
  }

  private static <T> Future<T> onCallersContext(Future<T> answer) {
    Context context = Vertx.currentContext();
    if (context == null) {
      return answer;
    }
    Promise<T> there = Promise.promise();
    answer.onComplete(result -> context.runOnContext(nothing -> there.handle(result)));
    return there.future();
  }
}
