package dev.gatehouse.gateway.observation;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.catalog.OperationClass;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The metrics of the data plane. Each meter is looked up once and then found by an index. */
public final class Meters {

  private static final String NO_API = "none";

  /** No tenant can be called so: a segment neither begins with an underscore nor is one letter. */
  private static final String OTHER_TENANTS = "_other";

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofSeconds(120)
  };

  /** The timers of one api, by operation class and outcome. */
  private final class OfApi {
    private final String api;
    private final Map<OperationClass, AtomicReferenceArray<@Nullable Timer>> byKind =
        new EnumMap<>(OperationClass.class);
    private final AtomicReferenceArray<@Nullable Timer> unclassed =
        new AtomicReferenceArray<>(Outcome.COUNT);

    private OfApi(String api) {
      this.api = api;
      for (OperationClass kind : OperationClass.values()) {
        byKind.put(kind, new AtomicReferenceArray<>(Outcome.COUNT));
      }
    }

    private Timer timer(@Nullable OperationClass kind, Outcome outcome) {
      AtomicReferenceArray<@Nullable Timer> timers = kind == null ? null : byKind.get(kind);
      if (timers == null) {
        timers = unclassed;
      }
      Timer timer = timers.get(outcome.index());
      if (timer == null) {
        timer = register(kind, outcome);
        timers.set(outcome.index(), timer);
      }
      return timer;
    }

    private Timer register(@Nullable OperationClass kind, Outcome outcome) {
      return Timer.builder("gatehouse.requests")
          .description("Requests on the data plane, from the first byte to the last")
          .tags(
              "api",
              api,
              "operation",
              kind == null ? "none" : kind.access(),
              "outcome",
              outcome.label())
          .serviceLevelObjectives(BUCKETS)
          .register(registry);
    }
  }

  /** The counters of one tenant at one api. */
  public final class OfTenant {
    private final String tenant;
    private final String api;
    private final Counter received;
    private final Counter sent;
    private final Map<String, Counter> requests = new ConcurrentHashMap<>(8);
    private final Map<String, Counter> overLimit = new ConcurrentHashMap<>(2);

    private OfTenant(String tenant, String api) {
      this.tenant = tenant;
      this.api = api;
      this.received = bytes("in");
      this.sent = bytes("out");
    }

    public void count(Outcome outcome, long bytesIn, long bytesOut) {
      requests.computeIfAbsent(outcome.coarse(), this::requests).increment();
      count(bytesIn, bytesOut);
    }

    /** Bytes of a request that goes on. */
    public void count(long bytesIn, long bytesOut) {
      received.increment((double) bytesIn);
      sent.increment((double) bytesOut);
    }

    /**
     * A request was over a limit of this tenant.
     *
     * @param limit one of a few
     */
    public void countOver(String limit) {
      overLimit.computeIfAbsent(limit, this::overLimit).increment();
    }

    private Counter overLimit(String limit) {
      return Counter.builder("gatehouse.limit.rejections")
          .description("Requests that were refused by a limit of this tenant")
          .tags("tenant", tenant, "api", api, "limit", limit)
          .register(registry);
    }

    private Counter requests(String outcome) {
      return Counter.builder("gatehouse.tenant.requests")
          .description("Requests of a tenant that passed the checks")
          .tags("tenant", tenant, "api", api, "outcome", outcome)
          .register(registry);
    }

    private Counter bytes(String direction) {
      return Counter.builder("gatehouse.tenant.bytes")
          .description("Bytes of bodies and WebSockets that a tenant sent (in) and received (out)")
          .baseUnit("bytes")
          .tags("tenant", tenant, "api", api, "direction", direction)
          .register(registry);
    }
  }

  private record TenantAtApi(TenantId tenant, String api) {}

  private final MeterRegistry registry;
  private final int maxTenants;
  private final LongAdder inflight = new LongAdder();
  private final Map<String, OfApi> apis = new ConcurrentHashMap<>();
  private final Map<TenantAtApi, OfTenant> tenants = new ConcurrentHashMap<>();
  private final Map<String, OfTenant> otherTenants = new ConcurrentHashMap<>();
  private final Map<TenantId, Boolean> counted = new ConcurrentHashMap<>();
  private final AtomicInteger slots = new AtomicInteger();

  public Meters(MeterRegistry registry, int maxTenants) {
    this.registry = registry;
    this.maxTenants = maxTenants;
    Gauge.builder("gatehouse.inflight.requests", inflight, LongAdder::sum)
        .description("Requests on the data plane that have not ended")
        .register(registry);
  }

  public void started() {
    inflight.increment();
  }

  /**
   * A request has ended.
   *
   * @param nanos from the head of the request to the end of the answer
   */
  public void finished(
      @Nullable String api, @Nullable OperationClass kind, Outcome outcome, long nanos) {
    inflight.decrement();
    String name = api == null ? NO_API : api;
    OfApi ofApi = apis.get(name);
    if (ofApi == null) {
      ofApi = apis.computeIfAbsent(name, OfApi::new);
    }
    ofApi.timer(kind, outcome).record(nanos, TimeUnit.NANOSECONDS);
  }

  /** A request went on that an api in report mode would refuse otherwise. */
  public void reportedOnly(String api, ErrorCode code) {
    Counter.builder("gatehouse.report.only.refusals")
        .description("Requests that went on because their api only reports, by why")
        .tags("api", api, "code", code.code())
        .register(registry)
        .increment();
  }

  /** A request was refused before anything of it was known. */
  public void refused(ErrorCode code) {
    inflight.increment();
    finished(null, null, Outcome.refused(code), 0);
  }

  /** The first tenants that come get series of their own, later ones share one. */
  public OfTenant tenant(TenantId tenant, String api) {
    TenantAtApi key = new TenantAtApi(tenant, api);
    OfTenant meters = tenants.get(key);
    if (meters != null) {
      return meters;
    }
    if (counted.containsKey(tenant) || takeSlot(tenant)) {
      return tenants.computeIfAbsent(key, any -> new OfTenant(tenant.value(), api));
    }
    return otherTenants.computeIfAbsent(api, any -> new OfTenant(OTHER_TENANTS, api));
  }

  private boolean takeSlot(TenantId tenant) {
    if (slots.get() >= maxTenants) {
      return false;
    }
    return counted.computeIfAbsent(
            tenant, any -> slots.incrementAndGet() <= maxTenants ? true : null)
        != null;
  }
}
