package dev.gatehouse.gateway.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.common.tls.Authorities;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.core.ThrowingRunnable;

/** Two services with a feed each, the tenants acme and other, a key of acme's, and gateways. */
final class FeedScene implements AutoCloseable {

  static final PublicKey ANCHOR = TestKeys.ed25519();
  static final String API_KEY = "k".repeat(AuthApiKey.MIN_LENGTH);
  static final AuthApiKey KEY = new AuthApiKey(API_KEY, Optional.empty());

  final FakeFeed tenants = new FakeFeed(new History().tenant("acme").tenant("other"));
  final FakeFeed keys = new FakeFeed(new History().anchor(UUID.randomUUID(), ANCHOR, "acme"));
  final FaultyDisk disk = new FaultyDisk();
  private final Vertx vertx = Vertx.vertx();
  private final Wire tenantsWire = new Wire(vertx, tenants.url());
  private final Wire keysWire = new Wire(vertx, keys.url());
  private final List<Gateway> gateways = new ArrayList<>();
  private final Path folder;
  private Duration longestPause = Duration.ofMillis(100);

  FeedScene(Path folder) {
    this.folder = folder;
  }

  /** Between two attempts; of gateways that are started from now on. */
  void longestPause(Duration value) {
    longestPause = value;
  }

  Gateway startReady() {
    return ready(start());
  }

  Gateway start() {
    return start(Optional.of(folder));
  }

  Gateway start(Optional<Path> state) {
    return start(state, false);
  }

  Gateway start(Optional<Path> state, boolean acceptOtherHistory) {
    Gateway gateway = new Gateway(state, acceptOtherHistory, tenants.url(), keys.url());
    gateways.add(gateway);
    gateway.feeds.start();
    return gateway;
  }

  /** A gateway that reaches the services over {@link Wire}s. */
  Gateway startFar(Path state) {
    Gateway gateway = new Gateway(Optional.of(state), false, tenantsWire.url(), keysWire.url());
    gateways.add(gateway);
    gateway.feeds.start();
    return ready(gateway);
  }

  void cutTheWires() {
    tenantsWire.cut();
    keysWire.cut();
  }

  void mendTheWires() {
    tenantsWire.mend();
    keysWire.mend();
  }

  static String kid() {
    return Thumbprint.of(ANCHOR).value();
  }

  Gateway ready(Gateway gateway) {
    soon(() -> assertThat(gateway.store.ready()).isTrue());
    soon(() -> assertThat(tenants.watchers()).containsEntry(gateway.id(), tenants.head()));
    soon(() -> assertThat(keys.watchers()).containsEntry(gateway.id(), keys.head()));
    return gateway;
  }

  @Override
  public void close() {
    gateways.forEach(Gateway::crash);
    tenants.close();
    keys.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  static void soon(ThrowingRunnable assertion) {
    await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(assertion);
  }

  final class Gateway {
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final TrustStore store = new TrustStore(Time.SYSTEM, Optional.empty());
    final TrustFeeds feeds;

    private Gateway(
        Optional<Path> state, boolean acceptOtherHistory, URI tenantService, URI keyService) {
      feeds =
          new TrustFeeds(
              new TrustFeeds.Setup(
                  vertx,
                  tenantService,
                  keyService,
                  Authorities.OF_JAVA,
                  KEY,
                  state,
                  Duration.ofDays(7),
                  Optional.empty(),
                  settings(acceptOtherHistory),
                  "test",
                  Time.SYSTEM,
                  disk),
              store,
              new TrustMetrics(registry, store, Time.SYSTEM));
    }

    String id() {
      return feeds.views().watcher();
    }

    boolean knows(String tenant) {
      return store.current().tenants().byName(new TenantId(tenant)).isPresent();
    }

    Optional<Anchor> anchor(UUID id) {
      return Optional.ofNullable(store.current().anchors().byId(id));
    }

    FeedView view(String feed) {
      return feeds.views().all().stream()
          .filter(it -> it.feed().equals(feed))
          .findFirst()
          .orElseThrow();
    }

    Optional<OtherState> other(String feed) {
      try {
        return view(feed)
            .other()
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
      } catch (InterruptedException | ExecutionException | TimeoutException e) {
        throw new AssertionError(e);
      }
    }

    double count(String counter, String feed) {
      return registry.get(counter).tag("feed", feed).counter().count();
    }

    double gauge(String gauge, String feed) {
      return registry.get(gauge).tag("feed", feed).gauge().value();
    }

    void crash() {
      feeds.abandon();
    }

    private FeedSettings settings(boolean acceptOtherHistory) {
      return new FeedSettings(
          Duration.ofSeconds(25),
          acceptOtherHistory,
          Duration.ofMinutes(10),
          Duration.ofMillis(10),
          longestPause,
          Duration.ofMillis(50));
    }
  }
}
