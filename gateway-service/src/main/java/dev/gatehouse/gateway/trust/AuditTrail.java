package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.feed.AuditHead;
import dev.gatehouse.common.feed.FeedPage;
import dev.gatehouse.gateway.trust.Time.Moment;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Watches the audit log of one service by the heads that its pages carry, and keeps them on disk.
 * Written by the follower of the feed only, read by anybody.
 */
final class AuditTrail {

  static final String PURPOSE = "gatehouse audit heads";

  private static final Logger LOG = Logger.getLogger(AuditTrail.class);
  private static final Duration WRITE_EVERY = Duration.ofSeconds(5);

  /** A replica may be behind another by a poll of its database, and no longer. */
  private static final Duration LAG = Duration.ofSeconds(5);

  private final String feed;
  private final AuthApiKey key;
  private final SealedLines file;
  private final Time time;
  private final Alarms alarms;

  private volatile KeptHeads heads = KeptHeads.NONE;
  private @Nullable KeptHeads written;
  private @Nullable Moment writtenAt;
  private Moment newestAt;
  private @Nullable AuditHead accused;

  /** Told of what should not happen. */
  interface Alarms {
    void contradicted();

    void notWritten();
  }

  AuditTrail(String feed, AuthApiKey key, SealedLines file, Time time, Alarms alarms) {
    this.feed = feed;
    this.key = key;
    this.file = file;
    this.time = time;
    this.newestAt = time.moment();
    this.alarms = alarms;
  }

  void load() {
    try {
      heads = KeptHeads.read(file.read());
      written = heads;
    } catch (IOException | IllegalArgumentException e) {
      LOG.errorf(
          "%s is not used: %s. Whether the audit log of %s was cut before now cannot be told here.",
          file.fileName(), e.getMessage(), feed);
      alarms.notWritten();
    }
  }

  /**
   * Takes the head that came with a page that was found to continue the history. A service from
   * before there were heads sends none.
   */
  void take(FeedPage page) {
    page.audit().ifPresent(head -> take(page.epoch(), head));
  }

  KeptHeads heads() {
    return heads;
  }

  /** Writes what has not been written yet. */
  void flush() {
    KeptHeads now = heads;
    if (now.equals(written)) {
      return;
    }
    try {
      file.write(now.lines());
      written = now;
    } catch (IOException e) {
      LOG.errorf("%s could not be written: %s", file.fileName(), e);
      alarms.notWritten();
    }
    writtenAt = time.moment();
  }

  private void take(UUID epoch, AuditHead head) {
    if (!head.isSealed(key, feed)) {
      accuse(head, "is not sealed with our API key, or its service found it changed");
      return;
    }
    KeptHeads before = heads;
    if (before.epoch().isPresent() && !before.epoch().get().equals(epoch)) {
      LOG.warnf(
          "The audit log of %s belongs to a history that an operator has accepted; what was kept"
              + " of it up to entry %d says nothing any more.",
          feed, before.newest().map(AuditHead::sequence).orElse(0L));
      before = KeptHeads.NONE;
    }
    Optional<AuditHead> contradicted = before.contradictedBy(head);
    if (contradicted.filter(it -> it.sequence() > head.sequence()).isPresent() && isLag()) {
      return;
    }
    if (!before.newest().equals(Optional.of(head))) {
      newestAt = time.moment();
    }
    contradicted.ifPresentOrElse(
        kept -> accuse(head, "contradicts what was seen before, up to entry " + kept.sequence()),
        () -> accused = null);
    heads = before.with(epoch, head);
    Moment last = writtenAt;
    if (contradicted.isPresent()
        || last == null
        || last.until(time.moment()).compareTo(WRITE_EVERY) >= 0) {
      flush();
    }
  }

  private boolean isLag() {
    return newestAt.until(time.moment()).compareTo(LAG) < 0;
  }

  private void accuse(AuditHead head, String why) {
    if (!head.equals(accused)) {
      LOG.errorf(
          "AUDIT: the head of the audit log of %s at entry %d %s. Somebody may have cut or"
              + " rewritten it; let `gatehouse audit verify` tell.",
          feed, head.sequence(), why);
      accused = head;
    }
    alarms.contradicted();
  }
}
