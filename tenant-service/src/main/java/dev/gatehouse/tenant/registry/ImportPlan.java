package dev.gatehouse.tenant.registry;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.gatehouse.common.error.Conflict;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.name.OrgId;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.tenant.registry.RegistryEntry.NameUsed;
import dev.gatehouse.tenant.registry.RegistryEntry.OrgIdUsed;
import dev.gatehouse.tenant.registry.RegistryEntry.Registered;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What of a batch is new. What is there already, to the last field, is left alone; what contradicts
 * the registry or the rest of the batch is refused.
 *
 * @param tenants parents before those nested in them
 * @param ids of all tenants that the batch touches
 * @param unchanged how many entries of the batch need nothing
 */
record ImportPlan(
    List<Registered> tenants,
    List<NameUsed> names,
    List<OrgIdUsed> orgIds,
    Map<TenantId, UUID> ids,
    int unchanged) {

  ImportPlan {
    ids = Map.copyOf(ids);
    tenants = List.copyOf(tenants);
    names = List.copyOf(names);
    orgIds = List.copyOf(orgIds);
  }

  /**
   * What is stored of all that the batch touches.
   *
   * @param tenants that have an id, a name or an organisation id in common with the batch, or are
   *     the parents of its tenants
   */
  record Stored(List<Registered> tenants, List<NameUsed> names, List<OrgIdUsed> orgIds) {
    Stored {
      tenants = List.copyOf(tenants);
      names = List.copyOf(names);
      orgIds = List.copyOf(orgIds);
    }
  }

  static ImportPlan of(RegistryBatch batch, Stored stored) {
    Together together = new Together(batch, stored);
    batch.of(Registered.class).forEach(together::check);
    batch.of(NameUsed.class).forEach(together::check);
    List<Registered> tenants =
        without(batch.of(Registered.class), stored.tenants()).stream()
            .sorted(Comparator.comparing(Registered::name))
            .toList();
    List<NameUsed> names = without(batch.of(NameUsed.class), stored.names());
    List<OrgIdUsed> orgIds = without(batch.of(OrgIdUsed.class), stored.orgIds());
    int created = tenants.size() + names.size() + orgIds.size();
    return new ImportPlan(tenants, names, orgIds, together.ids(), batch.entries().size() - created);
  }

  int created() {
    return tenants.size() + names.size() + orgIds.size();
  }

  Optional<UUID> parentOf(Registered tenant) {
    return tenant.name().parent().map(ids::get);
  }

  private static <T> List<T> without(List<T> wanted, List<T> stored) {
    Set<T> known = Set.copyOf(stored);
    return wanted.stream().filter(it -> !known.contains(it)).toList();
  }

  /** What will be there if the batch is imported, by what has to be unique. */
  private static final class Together {
    private final Map<UUID, List<Registered>> byId;
    private final Map<TenantId, List<Registered>> byName;
    private final Map<OrgId, List<Registered>> byOrgId;
    private final Map<TenantId, List<NameUsed>> namesUsed;

    Together(RegistryBatch batch, Stored stored) {
      List<Registered> tenants = union(stored.tenants(), batch.of(Registered.class));
      byId = tenants.stream().collect(groupingBy(Registered::id));
      byName = tenants.stream().collect(groupingBy(Registered::name));
      byOrgId = tenants.stream().collect(groupingBy(Registered::orgId));
      namesUsed =
          union(stored.names(), batch.of(NameUsed.class)).stream()
              .collect(groupingBy(NameUsed::name));
    }

    Map<TenantId, UUID> ids() {
      return byName.values().stream()
          .map(group -> group.get(0))
          .collect(toMap(Registered::name, Registered::id));
    }

    void check(Registered entry) {
      Conflicts.refuseIf(entry.name().isDefault(), Conflicts.isDefault());
      refuseIf(isShared(byId.get(entry.id())), entry, hasAnother("id"));
      refuseIf(isShared(byName.get(entry.name())), entry, hasAnother("name"));
      refuseIf(isShared(byOrgId.get(entry.orgId())), entry, hasAnother("organisation id"));
      refuseIf(
          entry.name().parent().filter(parent -> !byName.containsKey(parent)).isPresent(),
          entry,
          "the tenant above it is not there");
      refuseIf(
          namesUsed.getOrDefault(entry.name(), List.of()).stream()
              .anyMatch(it -> entry.admitsTokensBefore(it.tokensNotBefore())),
          entry,
          "it would accept tokens of a former tenant of its name");
    }

    void check(NameUsed entry) {
      refuseIf(
          isShared(namesUsed.get(entry.name())), entry, "the name was given up at another time");
      refuseIf(
          byName.getOrDefault(entry.name(), List.of()).stream()
              .anyMatch(it -> it.admitsTokensBefore(entry.tokensNotBefore())),
          entry,
          "the tenant of this name accepts older tokens");
    }

    private static String hasAnother(String what) {
      return "another registration, or another state of this one, has its " + what;
    }

    private static boolean isShared(@Nullable List<?> group) {
      return group != null && group.size() > 1;
    }

    private static void refuseIf(boolean refused, RegistryEntry entry, String why) {
      if (refused) {
        throw contradiction(entry, why);
      }
    }

    private static <T> List<T> union(List<T> some, List<T> others) {
      return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }
  }

  static Conflict contradiction(RegistryEntry entry, String why) {
    return new Conflict(
        ErrorCode.IMPORT_CONFLICT, entry.label() + ": " + why + ". Nothing was imported.");
  }
}
