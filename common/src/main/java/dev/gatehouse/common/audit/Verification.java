package dev.gatehouse.common.audit;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Unavailable;
import dev.gatehouse.common.feed.server.FeedConfiguration;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Walks along the whole log, a page at a time, so that its length costs time but no memory. */
@ApplicationScoped
class Verification {

  private static final int PAGE = 200;
  private static final int ATTEMPTS = 5;

  private final AuditReading log;
  private final AuditSeals seals;
  private final String service;

  Verification(AuditReading log, AuditSeals seals, FeedConfiguration feed) {
    this.log = log;
    this.seals = seals;
    this.service = feed.name();
  }

  /** Verifies the log up to where it stands now. */
  Uni<Verified> verify(Optional<ChainWalk.Kept> kept) {
    return attempt(kept, ATTEMPTS);
  }

  private Uni<Verified> attempt(Optional<ChainWalk.Kept> kept, int left) {
    return log.bounds().flatMap(bounds -> along(bounds, kept, left));
  }

  private Uni<Verified> along(AuditBounds bounds, Optional<ChainWalk.Kept> kept, int left) {
    boolean sound = seals.isSound(bounds.head());
    seals.report(sound);
    ChainWalk walk =
        new ChainWalk(service, bounds, sound, seals.isSoundPruning(bounds.pruned()), kept);
    return walk.begin()
        .map(bad -> Uni.createFrom().item(Optional.of(bad)))
        .orElseGet(() -> pages(walk, bounds))
        .flatMap(bad -> concluded(walk, bounds, kept, bad, left));
  }

  private Uni<Optional<Verified.Bad>> pages(ChainWalk walk, AuditBounds bounds) {
    return Uni.createFrom()
        .deferred(() -> log.after(walk.position(), bounds.head().sequence(), PAGE))
        .map(page -> new Step(page.size() < PAGE, firstBad(walk, page)))
        .repeat()
        .whilst(step -> !step.last() && step.bad().isEmpty())
        .collect()
        .last()
        .map(step -> step.bad().or(walk::end));
  }

  private static Optional<Verified.Bad> firstBad(ChainWalk walk, List<AuditEntry> page) {
    for (AuditEntry entry : page) {
      Optional<Verified.Bad> bad = walk.next(entry);
      if (bad.isPresent()) {
        return bad;
      }
    }
    return Optional.empty();
  }

  /** Entries that were pruned while the walk was under way look missing, so it starts anew. */
  private Uni<Verified> concluded(
      ChainWalk walk,
      AuditBounds bounds,
      Optional<ChainWalk.Kept> kept,
      Optional<Verified.Bad> bad,
      int left) {
    if (bad.isEmpty()) {
      return Uni.createFrom().item(verified(walk, bounds, bad));
    }
    return log.bounds()
        .flatMap(
            now -> {
              if (now.pruned().sequence() == bounds.pruned().sequence()) {
                return Uni.createFrom().item(verified(walk, bounds, bad));
              }
              return left > 1 ? attempt(kept, left - 1) : Uni.createFrom().failure(busy());
            });
  }

  private Verified verified(ChainWalk walk, AuditBounds bounds, Optional<Verified.Bad> bad) {
    return new Verified(
        service,
        bad.isEmpty(),
        walk.entries(),
        bounds.pruned().sequence() + 1,
        bounds.head().sequence(),
        bad);
  }

  private static Unavailable busy() {
    return new Unavailable(
        ErrorCode.SERVICE_UNAVAILABLE, "The log is being pruned. Try again shortly.");
  }

  private record Step(boolean last, Optional<Verified.Bad> bad) {}
}
