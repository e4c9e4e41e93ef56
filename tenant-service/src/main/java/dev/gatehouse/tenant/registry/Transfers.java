package dev.gatehouse.tenant.registry;

import dev.gatehouse.common.audit.Audit;
import dev.gatehouse.common.audit.AuditDraft;
import dev.gatehouse.common.audit.Writes;
import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.database.DatabaseFaults;
import dev.gatehouse.common.error.Conflict;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.feed.server.Revision;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.common.page.PageRequest;
import dev.gatehouse.tenant.registry.RegistryEntry.NameUsed;
import dev.gatehouse.tenant.registry.RegistryEntry.OrgIdUsed;
import dev.gatehouse.tenant.registry.RegistryEntry.Registered;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Takes all that the registry remembers out, and brings it into another one. */
@ApplicationScoped
class Transfers {

  private final Database database;
  private final Tenants tenants;
  private final FormerUses formerUses;
  private final Writes writes;
  private final Audit audit;

  Transfers(Database database, Tenants tenants, FormerUses formerUses, Writes writes, Audit audit) {
    this.database = database;
    this.tenants = tenants;
    this.formerUses = formerUses;
    this.writes = writes;
    this.audit = audit;
  }

  /** A page of entries and one more, if there is one. */
  Uni<List<RegistryEntry>> export(PageRequest page) {
    ExportPosition from = page.after().map(ExportPosition::parse).orElse(ExportPosition.START);
    return database.session(() -> read(from, page.limit() + 1));
  }

  /** All of the batch or, if anything in it contradicts what is there, nothing. */
  Uni<Imported> load(Caller caller, RegistryBatch batch) {
    return database
        .transaction(
            () ->
                tenants
                    .lockAgainstCreation()
                    .chain(() -> stored(batch))
                    .map(stored -> ImportPlan.of(batch, stored))
                    .flatMap(plan -> write(caller, plan)))
        .onFailure()
        .transform(Transfers::lostRace);
  }

  private Uni<List<RegistryEntry>> read(ExportPosition from, int most) {
    return section(from, most).flatMap(found -> readOn(found, from, most - found.size()));
  }

  private Uni<List<RegistryEntry>> readOn(
      List<RegistryEntry> found, ExportPosition from, int missing) {
    Optional<ExportPosition> next = from.nextSection();
    if (missing == 0 || next.isEmpty()) {
      return Uni.createFrom().item(found);
    }
    return read(next.get(), missing).map(rest -> joined(found, rest));
  }

  private Uni<List<RegistryEntry>> section(ExportPosition from, int most) {
    return switch (from.section()) {
      case TENANTS -> tenants.after(from.key(), most).map(it -> mapped(it, Registered::of));
      case NAMES -> formerUses.namesAfter(from.key(), most).map(it -> mapped(it, NameUsed::of));
      case ORG_IDS -> formerUses.orgIdsAfter(from.key(), most).map(it -> mapped(it, OrgIdUsed::of));
    };
  }

  private Uni<ImportPlan.Stored> stored(RegistryBatch batch) {
    Set<UUID> ids = new HashSet<>();
    Set<String> names = new HashSet<>();
    Set<String> orgIds = new HashSet<>();
    for (Registered tenant : batch.of(Registered.class)) {
      ids.add(tenant.id());
      names.add(tenant.name().value());
      tenant.name().parent().map(TenantId::value).ifPresent(names::add);
      orgIds.add(tenant.orgId().value());
    }
    batch.of(NameUsed.class).forEach(it -> names.add(it.name().value()));
    batch.of(OrgIdUsed.class).forEach(it -> orgIds.add(it.orgId().value()));
    // Tenants before names: who sees a tenant gone also sees that its name was used.
    return tenants
        .touchedBy(ids, names, orgIds)
        .flatMap(
            found ->
                formerUses
                    .ofNames(names)
                    .flatMap(
                        former ->
                            formerUses
                                .ofOrgIds(orgIds)
                                .map(formerOrgIds -> stored(found, former, formerOrgIds))));
  }

  private static ImportPlan.Stored stored(
      List<Tenant> tenants, List<FormerName> names, List<FormerOrgId> orgIds) {
    return new ImportPlan.Stored(
        mapped(tenants, Registered::of),
        mapped(names, NameUsed::of),
        mapped(orgIds, OrgIdUsed::of));
  }

  private Uni<Imported> write(Caller caller, ImportPlan plan) {
    List<Tenant> created = plan.tenants().stream().map(it -> it.tenant(plan.parentOf(it))).toList();
    return tenants
        .persistAll(created)
        .chain(() -> formerUses.persist(plan.names().stream().map(NameUsed::former).toList()))
        .chain(() -> formerUses.persist(plan.orgIds().stream().map(OrgIdUsed::former).toList()))
        .chain(() -> publish(caller, created, entries(plan, created)))
        .map(revision -> new Imported(plan.created(), plan.unchanged(), revision));
  }

  private Uni<Optional<Revision>> publish(
      Caller caller, List<Tenant> created, List<AuditDraft> entries) {
    return created.isEmpty()
        ? audit.record(caller, entries).replaceWith(Optional.empty())
        : writes
            .commit(caller, created.stream().map(Tenant::draft).toList(), entries)
            .invoke(last -> number(created, last))
            .map(Optional::of);
  }

  private static List<AuditDraft> entries(ImportPlan plan, List<Tenant> created) {
    List<AuditDraft> entries = new ArrayList<>(mapped(created, AuditEntries::imported));
    if (plan.created() > created.size()) {
      entries.add(AuditEntries.imported(plan.names(), plan.orgIds()));
    }
    return entries;
  }

  /** The changes were appended in a row, so their numbers follow each other. */
  private static void number(List<Tenant> created, Revision last) {
    long first = last.value() - created.size() + 1;
    for (int i = 0; i < created.size(); i++) {
      created.get(i).revision = first + i;
    }
  }

  private static Throwable lostRace(Throwable failure) {
    return DatabaseFaults.violatedConstraint(failure).isPresent()
        ? new Conflict(
            ErrorCode.IMPORT_CONFLICT,
            "Something of the batch was written by another call meanwhile. Nothing was imported.")
        : failure;
  }

  private static <T> List<T> joined(List<T> some, List<T> others) {
    List<T> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  private static <T, R> List<R> mapped(List<T> some, Function<T, ? extends R> function) {
    return some.stream().<R>map(function).toList();
  }
}
