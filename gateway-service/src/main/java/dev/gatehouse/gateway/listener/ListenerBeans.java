package dev.gatehouse.gateway.listener;

import dev.gatehouse.gateway.observation.Observation;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.LaunchMode;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the listener by its configuration. */
@Singleton
class ListenerBeans {

  private static final int ANY = 0;

  /** The address stands where everybody who runs a Quarkus service looks for it. */
  @Produces
  @Singleton
  Listener listener(
      Vertx vertx,
      Observation observation,
      MeterRegistry registry,
      ConnectionsConfig connections,
      OverloadConfig overload,
      TlsConfig tls,
      @ConfigProperty(name = "quarkus.http.host") String host,
      @ConfigProperty(name = "quarkus.http.port") int port) {
    int used = LaunchMode.current() == LaunchMode.TEST ? ANY : port;
    Listener listener =
        new Listener(
            vertx,
            new Listener.Settings(host, used, connections, overload.maxInflight(), tls),
            observation.meters()::refused);
    listener.meter(registry);
    return listener;
  }
}
