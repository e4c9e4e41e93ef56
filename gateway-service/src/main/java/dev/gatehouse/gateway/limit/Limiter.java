package dev.gatehouse.gateway.limit;

import dev.gatehouse.common.feed.TenantLimits;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.trust.Tenant;
import dev.gatehouse.gateway.trust.Tenants;
import dev.gatehouse.gateway.trust.Trust;
import dev.gatehouse.gateway.trust.TrustSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Lets requests in by the limits of their tenants. Which limits these are is found out once for
 * each tenant and state of the registry; what was used is kept as long as the tenant is limited.
 */
public final class Limiter {

  private final TrustSource trusted;
  private final DefaultLimits defaults;
  private final LongSupplier clock;
  private final Map<UUID, Allowance> allowances = new ConcurrentHashMap<>();
  private volatile Known known = new Known(Trust.EMPTY);
  private volatile int gateways = 1;

  /** What was found out by one state of the registry: at most one chain for each tenant. */
  private record Known(Tenants tenants, long generation, Map<UUID, Chain> chains) {
    Known(Trust trust) {
      this(trust.tenants(), trust.generation(), new ConcurrentHashMap<>());
    }
  }

  /**
   * @param clock of {@link System#nanoTime()}
   */
  Limiter(TrustSource trusted, DefaultLimits defaults, LongSupplier clock) {
    this.trusted = trusted;
    this.defaults = defaults;
    this.clock = clock;
  }

  /**
   * Lets a request in, or says what it is over.
   *
   * @param registration of the tenant that is charged, and with it every tenant above it
   * @param stream whether it is to be a WebSocket
   * @param length of its body; negative when it is not told
   */
  public Admittance admit(UUID registration, boolean stream, long length) {
    Trust trust = trusted.current();
    if (!defaults.any() && !trust.tenants().anyLimited()) {
      return Ticket.NONE;
    }
    Chain chain = chain(trust, registration);
    return chain.isNone() ? Ticket.NONE : chain.admit(stream, length);
  }

  /** All that have been charged; those that are limited no longer are dropped from it. */
  List<Map.Entry<UUID, Allowance>> charged() {
    Trust trust = trusted.current();
    allowances
        .entrySet()
        .removeIf(it -> it.getValue().isIdle() && !isLimited(trust.tenants(), it.getKey()));
    return List.copyOf(allowances.entrySet());
  }

  Optional<Allowance> charged(UUID registration) {
    return Optional.ofNullable(allowances.get(registration));
  }

  /** How many gateways share the limits. */
  void among(int count) {
    gateways = Math.max(1, count);
    allowances.values().forEach(it -> it.among(gateways));
  }

  int gateways() {
    return gateways;
  }

  private Chain chain(Trust trust, UUID registration) {
    Known now = known;
    if (now.tenants() != trust.tenants() && trust.generation() >= now.generation()) {
      now = new Known(trust);
      known = now;
    }
    Chain chain = now.chains().get(registration);
    return chain != null ? chain : resolve(now, registration);
  }

  private Chain resolve(Known now, UUID registration) {
    Optional<Tenant> tenant = now.tenants().byId(registration);
    if (tenant.isEmpty()) {
      // It was removed a moment ago; the next request of its is refused for that.
      return Chain.NONE;
    }
    Chain chain = resolve(now, tenant.get());
    now.chains().put(registration, chain);
    return chain;
  }

  private Chain resolve(Known now, Tenant tenant) {
    List<Tenant> onPath = new ArrayList<>();
    onPath.add(tenant);
    tenant.name().ancestors().forEach(it -> now.tenants().byName(it).ifPresent(onPath::add));
    List<Allowance> path = new ArrayList<>();
    long bodyBytes = Long.MAX_VALUE;
    TenantId strictest = tenant.name();
    for (Tenant each : onPath) {
      TenantLimits limits = defaults.complete(each.limits());
      if (limits.bodyBytes().isPresent() && limits.bodyBytes().get() < bodyBytes) {
        bodyBytes = limits.bodyBytes().get();
        strictest = each.name();
      }
      if (LimitKind.SHARED.stream().anyMatch(kind -> kind.of(limits).isPresent())) {
        path.add(allowance(each, limits, now.generation()));
      }
    }
    return path.isEmpty() && bodyBytes == Long.MAX_VALUE
        ? Chain.NONE
        : new Chain(path, bodyBytes, strictest, clock);
  }

  private Allowance allowance(Tenant tenant, TenantLimits limits, long generation) {
    Allowance allowance =
        allowances.computeIfAbsent(tenant.id(), any -> new Allowance(tenant.name(), clock));
    allowance.limit(limits, generation, gateways);
    return allowance;
  }

  private boolean isLimited(Tenants tenants, UUID registration) {
    return tenants
        .byId(registration)
        .filter(tenant -> !defaults.complete(tenant.limits()).equals(TenantLimits.NONE))
        .isPresent();
  }
}
