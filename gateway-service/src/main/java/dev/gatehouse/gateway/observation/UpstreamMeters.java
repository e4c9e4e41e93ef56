package dev.gatehouse.gateway.observation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The metrics of what goes wrong with upstreams; nothing of it costs a request that goes well. */
public final class UpstreamMeters {

  /** Why an upstream did not answer as it should. */
  public enum Reason {
    /** It took no connection. */
    CONNECT,
    CONNECT_TIMEOUT,
    /** Its certificate is not believed, or it does not speak TLS. */
    TLS,
    /** Too many requests wait for a connection already. */
    BUSY,
    /** It closed the connection before the end of its answer. */
    BROKEN,
    /** It answered something that is not HTTP. */
    INVALID,
    RESPONSE_TIMEOUT,
    IDLE_TIMEOUT,
    TOTAL_TIMEOUT;

    private final String label = name().toLowerCase(Locale.ROOT);
  }

  private final MeterRegistry registry;

  public UpstreamMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  public void failed(String api, Reason reason) {
    Counter.builder("gatehouse.upstream.errors")
        .description("Calls to upstreams that failed, those that were tried again included")
        .tags("api", api, "reason", reason.label)
        .register(registry)
        .increment();
  }

  /** Shows for an api its servers, and how many of them are out, as long as there is the api. */
  public <T> void watch(String api, T servers, ToDoubleFunction<T> all, ToDoubleFunction<T> out) {
    Gauge.builder("gatehouse.upstream.servers", servers, all)
        .description("Servers of upstreams that are configured")
        .tags("api", api)
        .strongReference(true)
        .register(registry);
    Gauge.builder("gatehouse.upstream.servers.out", servers, out)
        .description("Servers of upstreams that are left alone for a while because they failed")
        .tags("api", api)
        .strongReference(true)
        .register(registry);
  }
}
