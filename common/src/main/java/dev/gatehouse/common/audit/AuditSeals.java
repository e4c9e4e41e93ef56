package dev.gatehouse.common.audit;

import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.feed.AuditHead;
import dev.gatehouse.common.feed.server.FeedConfiguration;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Seals the head of the log, so that who can write to the database but has no API key cannot
 * rewrite the log unnoticed. A head whose seal does not verify is never sealed again: what follows
 * it stays unsealed too, and shows, until an operator has exported and pruned all of it.
 */
@ApplicationScoped
class AuditSeals {

  private static final Logger LOG = Logger.getLogger(AuditSeals.class);
  private static final String UNSEALED = "";

  private final AuthApiKey key;
  private final String service;
  private final AtomicBoolean broken = new AtomicBoolean();

  AuditSeals(AuthApiKey key, FeedConfiguration feed, MeterRegistry metrics) {
    this.key = key;
    this.service = feed.name();
    Gauge.builder("gatehouse.audit.head.broken", broken, it -> it.get() ? 1 : 0)
        .description("Whether the seal of the head of the audit log does not verify")
        .register(metrics);
  }

  /** The gauge is there from the start, as a metric that appears late looks like one at rest. */
  void start(@Observes StartupEvent event) {
    LOG.debugf("Sealing the audit log of %s", service);
  }

  /** Whether the head is as one who has the key left it. */
  boolean isSound(AuditHead head) {
    boolean untouched =
        head.sequence() == 0
            && head.hash().equals(AuditEntry.NO_HASH)
            && head.seal().equals(UNSEALED);
    return untouched || head.isSealed(key, service);
  }

  /** The seal of a head without regard to what was there before. */
  String seal(long sequence, String hash) {
    return AuditHead.sealed(key, service, sequence, hash).seal();
  }

  /** Whether entries up to here were pruned by one who has the key; or none were. */
  boolean isSoundPruning(AuditHead pruned) {
    boolean nothing = pruned.sequence() == 0 && pruned.hash().equals(AuditEntry.NO_HASH);
    return nothing || pruned.isSealed(key, pruning());
  }

  /** Of another kind than that of a head, so that a former head is no proof of a pruning. */
  String sealPruning(long through, String hash) {
    return AuditHead.sealed(key, pruning(), through, hash).seal();
  }

  private String pruning() {
    return service + " pruned";
  }

  /** The seal of the head that follows {@code held}. */
  String sealAfter(AuditHead held, long sequence, String hash) {
    boolean sound = isSound(held);
    report(sound);
    return sound ? seal(sequence, hash) : UNSEALED;
  }

  /** Tells of a head that was found sound, or not. */
  void report(boolean sound) {
    if (broken.getAndSet(!sound) == sound) {
      if (sound) {
        LOG.info("The head of the audit log is sealed again");
      } else {
        LOG.error(
            "THE AUDIT LOG WAS TAMPERED WITH, or AUTH_API_KEY was replaced without"
                + " AUTH_API_KEY_PREVIOUS: the seal of its head does not verify. Run 'gatehouse"
                + " audit verify'; after 'audit export', pruning all of it seals it anew.");
      }
    }
  }
}
