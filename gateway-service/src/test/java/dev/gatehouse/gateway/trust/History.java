package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.feed.AnchorEntry;
import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.FeedHash;
import dev.gatehouse.common.feed.FeedJson;
import dev.gatehouse.common.feed.FeedPage;
import dev.gatehouse.common.feed.IssuerEntry;
import dev.gatehouse.common.feed.RevocationEntry;
import dev.gatehouse.common.feed.TenantEntry;
import dev.gatehouse.common.feed.client.FeedPosition;
import dev.gatehouse.common.name.OrgId;
import dev.gatehouse.common.name.TenantId;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a service has to tell: a history of changes, chained as the real one. */
final class History {

  final UUID epoch;
  private final List<Change> changes = new ArrayList<>();
  private Instant clock = Instant.parse("2026-01-01T00:00:00Z");
  private FeedHash hash = FeedHash.NONE;
  private long head;
  private long compactedThrough;

  History() {
    this(UUID.randomUUID());
  }

  private History(UUID epoch) {
    this.epoch = epoch;
  }

  History tenant(String name) {
    return tenant(name, TenantEntry.Status.active);
  }

  History tenant(String name, TenantEntry.Status status) {
    TenantId id = new TenantId(name);
    return add(
        TenantEntry.KIND,
        TrustBuilder.idOf(name),
        FeedJson.write(
            new TenantEntry(id, OrgId.of(id), status, Optional.empty(), Optional.empty())));
  }

  History removeTenant(String name) {
    return add(TenantEntry.KIND, TrustBuilder.idOf(name), null);
  }

  History anchor(UUID id, PublicKey key, String owner) {
    return add(AnchorEntry.KIND, id, FeedJson.write(TrustBuilder.anchorEntry(key, owner)));
  }

  History removeAnchor(UUID id) {
    return add(AnchorEntry.KIND, id, null);
  }

  History issuer(String url, UnaryOperator<TrustBuilder.IssuerDraft> with) {
    return add(
        IssuerEntry.KIND,
        TrustBuilder.idOf(url),
        FeedJson.write(TrustBuilder.issuerEntry(url, with)));
  }

  History revocation(String owner, UnaryOperator<RevocationDraft> with) {
    RevocationDraft draft = with.apply(new RevocationDraft(owner));
    return add(RevocationEntry.KIND, draft.id(), FeedJson.write(draft.entry()));
  }

  History removeRevocation(UUID id) {
    return add(RevocationEntry.KIND, id, null);
  }

  History add(String kind, UUID id, @Nullable String json) {
    Optional<String> content = Optional.ofNullable(json);
    head++;
    hash = hash.next(head, kind, id, clock, content);
    changes.add(new Change(head, kind, id, clock, content, hash));
    return this;
  }

  History clock(Instant value) {
    clock = value;
    return this;
  }

  /** Drops everything that a later change superseded, and the tombstones. */
  History compact() {
    Map<UUID, Long> last = new HashMap<>();
    changes.forEach(change -> last.put(change.id(), change.revision()));
    changes.removeIf(
        change ->
            change.revision() < head
                && (change.isRemoval() || last.getOrDefault(change.id(), 0L) != change.revision()));
    compactedThrough = head - 1;
    return this;
  }

  /** As an operator's acceptance makes it. */
  History underNewEpoch() {
    return copy(UUID.randomUUID());
  }

  /** As a dump of this moment has it. */
  History dump() {
    return copy(epoch);
  }

  private History copy(UUID of) {
    History copy = new History(of);
    copy.changes.addAll(changes);
    copy.clock = clock;
    copy.hash = hash;
    copy.head = head;
    copy.compactedThrough = compactedThrough;
    return copy;
  }

  long head() {
    return head;
  }

  FeedPosition position() {
    return new FeedPosition(Optional.of(epoch), head, hash);
  }

  List<Change> changes() {
    return List.copyOf(changes);
  }

  /** Whether this history has a point, or may have had it before it was compacted. */
  boolean has(long since, String sinceEpoch, String sinceHash) {
    return since <= head
        && sinceEpoch.equals(epoch.toString())
        && hashAt(since).map(known -> known.value().equals(sinceHash)).orElse(true);
  }

  boolean needsReset(long since) {
    return since > 0 && since < compactedThrough;
  }

  FeedPage page(long since, int limit, boolean reset) {
    long from = reset ? 0 : since;
    List<Change> after = changes.stream().filter(change -> change.revision() > from).toList();
    List<Change> some = after.subList(0, Math.min(limit, after.size()));
    boolean all = some.size() == after.size();
    long revision = all ? head : some.get(some.size() - 1).revision();
    FeedHash at = all ? hash : some.get(some.size() - 1).hash();
    return new FeedPage(epoch, reset, since, revision, at, head, some);
  }

  FeedPage page(long since) {
    return page(since, FeedPage.MAX_CHANGES, false);
  }

  private Optional<FeedHash> hashAt(long revision) {
    if (revision == 0) {
      return Optional.of(FeedHash.NONE);
    }
    return changes.stream()
        .filter(change -> change.revision() == revision)
        .map(Change::hash)
        .findFirst();
  }
}
