package dev.gatehouse.tenant.demand;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Takes reports, and says what falls to the gateway that reports. */
@ApplicationScoped
class DemandDesk {

  private final DemandTable table;

  DemandDesk(DemandTable table) {
    this.table = table;
  }

  Uni<SharesView> take(DemandReport report) {
    return table
        .exchange(report.watcher(), report.tenants())
        .map(standing -> shares(report, standing));
  }

  /** A gateway that says nothing of a tenant was asked for nothing; it counts all the same. */
  static SharesView shares(DemandReport report, DemandTable.Standing standing) {
    int gateways = Math.max(1, standing.gateways());
    List<SharesView.OfTenant> tenants = new ArrayList<>(report.tenants().size());
    for (DemandReport.OfTenant tenant : report.tenants()) {
      TreeMap<String, Amounts> demands =
          new TreeMap<>(standing.others().getOrDefault(tenant.id(), Map.of()));
      demands.put(report.watcher(), tenant.demand());
      List<Amounts> all = new ArrayList<>(demands.values());
      int own = demands.headMap(report.watcher()).size();
      while (all.size() < gateways) {
        all.add(Amounts.NONE);
      }
      tenants.add(new SharesView.OfTenant(tenant.id(), own(tenant.limits(), all, own)));
    }
    return new SharesView(gateways, tenants);
  }

  private static Amounts own(Amounts limits, List<Amounts> demands, int own) {
    return new Amounts(
        own(limits, demands, own, Amounts::requestsPerSecond),
        own(limits, demands, own, Amounts::bytesPerSecond),
        own(limits, demands, own, Amounts::concurrentRequests),
        own(limits, demands, own, Amounts::openStreams));
  }

  private static long own(
      Amounts limits, List<Amounts> demands, int own, ToLongFunction<Amounts> kind) {
    long limit = kind.applyAsLong(limits);
    return limit == 0 ? 0 : Shares.of(limit, demands.stream().mapToLong(kind).toArray())[own];
  }
}
