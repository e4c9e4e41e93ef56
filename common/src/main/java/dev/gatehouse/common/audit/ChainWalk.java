package dev.gatehouse.common.audit;

import java.util.Optional;

/**
 * Goes along the chain, entry by entry, and stops at the first that is not as it was written.
 * Deciding only: it reads nothing and holds no entries.
 */
final class ChainWalk {

  private final String service;
  private final AuditBounds bounds;
  private final boolean headIsSound;
  private final boolean pruningIsSound;
  private final Optional<Kept> kept;

  private long sequence;
  private String hash;
  private long entries;

  /**
   * A walk that has not begun.
   *
   * @param service whose log it is
   * @param headIsSound whether the seal of the head verifies
   * @param pruningIsSound whether the seal of what was pruned verifies
   * @param kept a head that a gateway, or a person, has kept
   */
  ChainWalk(
      String service,
      AuditBounds bounds,
      boolean headIsSound,
      boolean pruningIsSound,
      Optional<Kept> kept) {
    this.service = service;
    this.bounds = bounds;
    this.headIsSound = headIsSound;
    this.pruningIsSound = pruningIsSound;
    this.kept = kept;
    this.sequence = bounds.pruned().sequence();
    this.hash = bounds.pruned().hash();
  }

  /** The sequence and hash of an entry as it was once. */
  record Kept(long sequence, String hash) {}

  /** Where the walk has come to. */
  long position() {
    return sequence;
  }

  long entries() {
    return entries;
  }

  /** What is wrong before the first entry. */
  Optional<Verified.Bad> begin() {
    if (!pruningIsSound) {
      return bad(sequence, "nobody who has the API key pruned the entries up to this one");
    }
    Optional<Long> early = bounds.first().filter(first -> first <= sequence);
    if (early.isPresent()) {
      return bad(early.get(), "it was added among entries that were pruned");
    }
    return contradictsKept();
  }

  /** What is wrong with the next entry. */
  Optional<Verified.Bad> next(AuditEntry entry) {
    if (entry.sequence() != sequence + 1) {
      return bad(sequence + 1, "it is missing");
    }
    if (!AuditEntry.hash(entry.previous(), entry.sequence(), entry.content())
        .equals(entry.hash())) {
      return bad(entry.sequence(), "its content does not have its hash");
    }
    if (!entry.previous().equals(hash)) {
      return bad(entry.sequence(), "it does not follow the entry before it, or that was replaced");
    }
    if (!entry.content().startsWith(AuditContent.beginning(service, entry.sequence()))) {
      return bad(entry.sequence(), "it was written as another entry than this");
    }
    sequence = entry.sequence();
    hash = entry.hash();
    entries++;
    return contradictsKept();
  }

  /** What is wrong with the end, when there are no more entries up to the head. */
  Optional<Verified.Bad> end() {
    long head = bounds.head().sequence();
    if (sequence < head) {
      return bad(sequence + 1, "it is missing: the log goes on to " + head);
    }
    if (!hash.equals(bounds.head().hash())) {
      return bad(head, "it has another hash than the head of the log says");
    }
    Optional<Long> late = bounds.last().filter(last -> last > head);
    if (late.isPresent()) {
      return bad(head + 1, "it was added after the head of the log");
    }
    if (kept.filter(it -> it.sequence() > head).isPresent()) {
      return bad(head + 1, "it is missing: a head was kept that is beyond it");
    }
    return headIsSound
        ? Optional.empty()
        : bad(head, "the seal of the head does not verify: entries up to here may be rewritten");
  }

  private Optional<Verified.Bad> contradictsKept() {
    return kept.filter(it -> it.sequence() == sequence && !it.hash().equals(hash)).isPresent()
        ? bad(sequence, "it had another hash when its hash was kept")
        : Optional.empty();
  }

  private static Optional<Verified.Bad> bad(long sequence, String why) {
    return Optional.of(new Verified.Bad(sequence, why));
  }
}
