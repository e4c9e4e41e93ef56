package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Design §5.4: a limit is for the instance, however unevenly its gateways are asked. */
@ExtendWith(SharedInstance.class)
class SharedLimitIT {

  /** Requests per second. */
  private static final int LIMIT = 100;

  /** Of how much the sum may miss the limit, in percent. */
  private static final int TOLERANCE = 20;

  private static final Duration CONVERGES = Duration.ofSeconds(60);
  private static final Duration WINDOW = Duration.ofSeconds(6);

  @TempDir Path home;

  @Test
  void threeGatewaysLetInAsMuchAsTheLimitSaysAlsoWhenNobodySharesItOutAnyMore(
      RunningInstance instance) {
    try (FurtherGateway one = FurtherGateway.start(instance, home, "one", Map.of());
        FurtherGateway two = FurtherGateway.start(instance, home, "two", Map.of());
        FurtherGateway three = FurtherGateway.start(instance, home, "three", Map.of())) {
      List.of(one, two, three).forEach(FurtherGateway::awaitReady);
      Visitor visitor = Visitor.admitted(instance, home, "limited");
      Run limited =
          instance.gatehouse(
              home,
              "tenants",
              "set",
              "local",
              "limited",
              "--limit",
              "requests-per-second=" + LIMIT,
              "--wait=30s");
      assertThat(limited.exit()).as(limited.err()).isZero();

      try (Load load = new Load(visitor)) {
        load.add(one.port(), 250);
        load.add(two.port(), 80);
        load.add(three.port(), 20);
        await()
            .atMost(CONVERGES)
            .until(() -> Math.abs(load.perSecond(Duration.ofSeconds(3)) - LIMIT) < LIMIT * 0.15);

        assertThat(load.perSecond(WINDOW))
            .as("while they share")
            .isCloseTo(LIMIT, withPercentage(TOLERANCE));
        assertThat(load.refused()).isPositive();

        List.of(one, two, three).forEach(FurtherGateway::cutOff);
        assertThat(load.perSecond(WINDOW))
            .as("with the last shares")
            .isCloseTo(LIMIT, withPercentage(TOLERANCE));
        assertThat(load.other()).as("neither let in nor over the limit").isZero();
      }
    }
  }

  /** Asks some gateways at rates of their own, and counts the answers. */
  private static final class Load implements AutoCloseable {
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(12);
    private final Visitor visitor;
    private final AtomicLong admitted = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong other = new AtomicLong();

    Load(Visitor visitor) {
      this.visitor = visitor;
    }

    /** From several threads, so that a slow answer delays only some of what follows. */
    @SuppressWarnings("FutureReturnValueIgnored") // They end with the threads.
    void add(int port, int perSecond) {
      int senders = Math.max(1, perSecond / 50);
      long pause = TimeUnit.SECONDS.toNanos(1) * senders / perSecond;
      for (int i = 0; i < senders; i++) {
        threads.scheduleAtFixedRate(
            () -> ask(port), pause * i / senders, pause, TimeUnit.NANOSECONDS);
      }
    }

    /** How many are let in from now on, by this clock. */
    double perSecond(Duration window) {
      long start = System.nanoTime();
      long before = admitted.get();
      await()
          .atMost(window.plusSeconds(10))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> System.nanoTime() - start >= window.toNanos());
      return (admitted.get() - before) * 1e9 / (System.nanoTime() - start);
    }

    long refused() {
      return refused.get();
    }

    long other() {
      return other.get();
    }

    @Override
    public void close() {
      threads.shutdownNow();
    }

    private void ask(int port) {
      try {
        count(visitor.statusAt(port));
      } catch (UncheckedIOException | AssertionError stopped) {
        if (!threads.isShutdown()) {
          other.incrementAndGet();
        }
      }
    }

    private void count(int status) {
      switch (status) {
        case 200 -> admitted.incrementAndGet();
        case 429 -> refused.incrementAndGet();
        default -> other.incrementAndGet();
      }
    }
  }
}
