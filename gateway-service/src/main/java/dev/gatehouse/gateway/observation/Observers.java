package dev.gatehouse.gateway.observation;

import dev.gatehouse.gateway.request.TrustedProxies;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts together what looks on in the running gateway. */
@Singleton
class Observers {

  private final Optional<AccessLog> accessLog;
  private final Optional<Traces> traces;
  private final Observation observation;

  Observers(
      MeterRegistry registry,
      MeterConfig meters,
      AccessLogConfig config,
      TracesConfig tracing,
      TrustedProxies proxies,
      @ConfigProperty(name = "gatehouse.instance", defaultValue = "local") String instance) {
    this.accessLog =
        config.enabled()
            ? Optional.of(
                new AccessLog(sink(config), config.query(), config.maxWaiting(), registry))
            : Optional.empty();
    this.traces = tracing.endpoint().map(endpoint -> new Traces(tracing, endpoint, instance));
    this.observation =
        new Observation(new Meters(registry, meters.maxTenants()), accessLog, traces, proxies);
  }

  @Produces
  @Singleton
  Observation observation() {
    return observation;
  }

  /** When the last request has ended. */
  void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER + 800) ShutdownEvent event) {
    accessLog.ifPresent(AccessLog::close);
    traces.ifPresent(Traces::close);
  }

  private static AccessLog.Sink sink(AccessLogConfig config) {
    if (config.maxWaiting() < 1) {
      throw new IllegalStateException("gatehouse.access-log.max-waiting must be at least 1");
    }
    if (config.file().isEmpty()) {
      return LogFile.standardOutput();
    }
    Path file = config.file().get();
    try {
      return new LogFile(file);
    } catch (IOException e) {
      throw new IllegalStateException(
          "gatehouse.access-log.file "
              + file
              + " cannot be written: name one in a directory that this process may write to",
          e);
    }
  }
}
