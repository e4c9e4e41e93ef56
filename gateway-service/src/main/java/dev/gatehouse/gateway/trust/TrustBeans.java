package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.tls.Authorities;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/** Puts the trust together in the running gateway. */
@Singleton
class TrustBeans {

  private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e]{1,253}");

  private final TrustStore store;
  private final TrustFeeds feeds;

  TrustBeans(
      TrustConfiguration configuration,
      Authorities authorities,
      AuthApiKey key,
      Vertx vertx,
      MeterRegistry registry) {
    Time time = Time.SYSTEM;
    TrustConfiguration.Bounds bounds = configuration.trust();
    this.store = new TrustStore(time, bounds.maxStaleness());
    this.feeds =
        new TrustFeeds(
            new TrustFeeds.Setup(
                vertx,
                configuration.tenantService().url(),
                configuration.keyService().url(),
                authorities,
                key,
                configuration.stateDir(),
                bounds.maxDiskAge(),
                bounds.maxStaleness(),
                FeedSettings.of(
                    configuration.feeds().acceptOtherHistory(),
                    bounds.maxDiskAge(),
                    bounds.maxStaleness(),
                    configuration.feeds().usageEvery()),
                name(configuration),
                time,
                AppendFile::new),
            store,
            new TrustMetrics(registry, store, time));
  }

  /** First of all, as nothing can be served before. */
  void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
    feeds.start();
  }

  /** Last of all, when nothing is served any more. */
  void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER + 900) ShutdownEvent event) {
    feeds.close();
  }

  @Produces
  @Singleton
  TrustSource trustSource() {
    return store;
  }

  @Produces
  @Singleton
  UnknownKeys unknownKeys() {
    return feeds.unknownKeys();
  }

  @Produces
  @Singleton
  DemandReports demandReports() {
    return feeds.demandReports();
  }

  @Produces
  @Singleton
  AuditHeads auditHeads() {
    return feeds.auditHeads();
  }

  @Produces
  @Singleton
  FeedViews feedViews() {
    return feeds.views();
  }

  private static String name(TrustConfiguration configuration) {
    Optional<String> name = configuration.gatewayName();
    if (name.isPresent() && !NAME.matcher(name.get()).matches()) {
      throw new IllegalStateException(
          "gatehouse.gateway-name has 1 to 253 printable ASCII characters and no blanks");
    }
    return name.orElseGet(TrustBeans::hostName);
  }

  private static String hostName() {
    try {
      String name = InetAddress.getLocalHost().getHostName();
      return NAME.matcher(name).matches() ? name : "gateway";
    } catch (UnknownHostException e) {
      return "gateway";
    }
  }

  /** In a class of its own, so that others can have the key without the feeds. */
  @Singleton
  static class ApiKey {

    @Produces
    @Singleton
    AuthApiKey authApiKey(Config config) {
      return AuthApiKey.from(config);
    }
  }
}
