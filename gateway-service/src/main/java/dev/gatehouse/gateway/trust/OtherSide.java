package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Unavailable;
import dev.gatehouse.common.feed.FeedPage;
import dev.gatehouse.common.feed.client.Answer;
import dev.gatehouse.common.feed.client.Ask;
import dev.gatehouse.common.feed.client.FeedChain;
import dev.gatehouse.common.feed.client.FeedClient;
import dev.gatehouse.common.feed.client.FeedPosition;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Reads the whole of what a service tells, out of sight, and compares it with what is served. */
final class OtherSide<S> {

  private static final Logger LOG = Logger.getLogger(OtherSide.class);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final String feed;
  private final Projection<S> projection;
  private final Supplier<S> served;
  private final Supplier<FeedClient> clients;

  /**
   * @param clients opens one for each reading, which is a watcher of its own
   */
  OtherSide(
      String feed, Projection<S> projection, Supplier<S> served, Supplier<FeedClient> clients) {
    this.feed = feed;
    this.projection = projection;
    this.served = served;
    this.clients = clients;
  }

  /** Blocks for as long as it takes, at most a minute. */
  OtherState read() {
    try (FeedClient client = clients.get()) {
      try {
        return read(client);
      } finally {
        wait(client.goodbye(client.reader()), FeedClient.GRACE);
      }
    } catch (FeedChain.Broken | ExecutionException | TimeoutException e) {
      LOG.warnf("Feed %s: the other history cannot be read: %s", feed, e.getMessage());
      throw new Unavailable(
          ErrorCode.SERVICE_UNAVAILABLE, "The service's history cannot be read as a whole", e);
    }
  }

  private OtherState read(FeedClient client)
      throws FeedChain.Broken, ExecutionException, TimeoutException {
    long until = System.nanoTime() + LONGEST.toNanos();
    S state = projection.empty();
    FeedPosition position = FeedPosition.START;
    while (System.nanoTime() < until) {
      Answer answer =
          wait(
              client.ask(new Ask(position, false, Duration.ZERO), Optional.empty()),
              FeedClient.GRACE.multipliedBy(2));
      if (!(answer instanceof Answer.Page found)) {
        throw new FeedChain.Broken("it answered " + answer);
      }
      FeedPage page = found.page();
      position = FeedChain.after(page.reset() ? FeedPosition.START : position, page);
      FeedChain.checkKinds(page, projection::knows);
      state =
          projection
              .apply(page.reset() ? projection.empty() : state, served.get(), page.changes())
              .state();
      if (page.revision() >= page.head()) {
        return compared(state, page);
      }
    }
    throw new FeedChain.Broken("it takes longer than " + LONGEST);
  }

  private OtherState compared(S other, FeedPage last) {
    S ours = served.get();
    Difference comesBack = new Difference(projection, ours);
    Difference goesAway = new Difference(projection, other);
    projection.forEach(other, comesBack::add);
    projection.forEach(ours, goesAway::add);
    return new OtherState(
        last.epoch(),
        last.revision(),
        last.hash(),
        comesBack.listed(),
        comesBack.total(),
        goesAway.listed(),
        goesAway.total());
  }

  private static <T> T wait(io.vertx.core.Future<T> answer, Duration longest)
      throws ExecutionException, TimeoutException {
    try {
      return answer
          .toCompletionStage()
          .toCompletableFuture()
          .get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimeoutException("the gateway is being stopped");
    }
  }
}
