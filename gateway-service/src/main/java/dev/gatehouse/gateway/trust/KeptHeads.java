package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.feed.AuditHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What is kept of one audit log. Immutable.
 *
 * @param epoch of the history that the log belongs to
 * @param newest the head that came last and that nobody contradicts, or that contradicts others
 * @param evidence the head that a later one contradicted; stays until the log proves to have it
 * @param checkpoints older heads in ascending order, at most {@value #MAX_CHECKPOINTS}
 */
record KeptHeads(
    Optional<UUID> epoch,
    Optional<AuditHead> newest,
    Optional<AuditHead> evidence,
    List<AuditHead> checkpoints) {

  static final int MAX_CHECKPOINTS = 32;
  static final KeptHeads NONE =
      new KeptHeads(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

  KeptHeads {
    checkpoints = List.copyOf(checkpoints);
  }

  Optional<AuditHead> kept() {
    return evidence.isPresent() ? evidence : newest;
  }

  /** Which of the heads cannot be of the same log as this one, which came after them. */
  Optional<AuditHead> contradictedBy(AuditHead head) {
    if (newest.isPresent() && newest.get().sequence() > head.sequence()) {
      return newest;
    }
    return newest
        .filter(it -> isOther(it, head))
        .or(() -> evidence.filter(it -> isOther(it, head)));
  }

  KeptHeads with(UUID of, AuditHead head) {
    Optional<AuditHead> proof = evidence.isPresent() ? evidence : contradictedBy(head);
    // Also when it contradicts: whatever goes back from there shows again.
    return new KeptHeads(
        Optional.of(of), Optional.of(head), proof.filter(it -> !hasSame(it, head)), older(head));
  }

  /** One a line; the opposite of {@link #read}. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    epoch.ifPresent(it -> lines.add("epoch " + it));
    newest.ifPresent(it -> lines.add("newest " + text(it)));
    evidence.ifPresent(it -> lines.add("evidence " + text(it)));
    checkpoints.forEach(it -> lines.add("checkpoint " + text(it)));
    return lines;
  }

  /**
   * Reads the lines.
   *
   * @throws IllegalArgumentException when another version wrote them
   */
  static KeptHeads read(List<String> lines) {
    Optional<UUID> epoch = Optional.empty();
    Optional<AuditHead> newest = Optional.empty();
    Optional<AuditHead> evidence = Optional.empty();
    List<AuditHead> checkpoints = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.split(" ", 2);
      String rest = words.length == 2 ? words[1] : "";
      switch (words[0]) {
        case "epoch" -> epoch = Optional.of(UUID.fromString(rest));
        case "newest" -> newest = Optional.of(head(rest));
        case "evidence" -> evidence = Optional.of(head(rest));
        case "checkpoint" -> checkpoints.add(head(rest));
        default -> throw new IllegalArgumentException("another version wrote it");
      }
    }
    return new KeptHeads(epoch, newest, evidence, checkpoints);
  }

  /** The newest until now becomes a checkpoint, unless the last one is still near. */
  private List<AuditHead> older(AuditHead head) {
    if (newest.isEmpty() || newest.get().sequence() >= head.sequence()) {
      return checkpoints.stream().filter(it -> it.sequence() < head.sequence()).toList();
    }
    int last = checkpoints.size() - 1;
    if (last >= 0 && newest.get().sequence() - checkpoints.get(last).sequence() < stride()) {
      return checkpoints;
    }
    List<AuditHead> all = new ArrayList<>(checkpoints);
    all.add(newest.get());
    if (all.size() <= MAX_CHECKPOINTS) {
      return all;
    }
    List<AuditHead> half = new ArrayList<>();
    for (int i = 0; i < all.size(); i += 2) {
      half.add(all.get(i));
    }
    return half;
  }

  private long stride() {
    long stride = 1;
    if (checkpoints.size() > 1) {
      long span =
          checkpoints.get(checkpoints.size() - 1).sequence() - checkpoints.get(0).sequence();
      stride = Math.max(1, span / (checkpoints.size() - 1));
    }
    return stride;
  }

  private static boolean isOther(AuditHead one, AuditHead head) {
    return one.sequence() == head.sequence() && !one.hash().equals(head.hash());
  }

  private static boolean hasSame(AuditHead one, AuditHead head) {
    return one.sequence() == head.sequence() && one.hash().equals(head.hash());
  }

  private static String text(AuditHead head) {
    return head.sequence() + " " + head.hash() + " " + head.seal();
  }

  private static AuditHead head(String text) {
    String[] words = text.split(" ", 3);
    if (words.length < 3) {
      throw new IllegalArgumentException("another version wrote it");
    }
    return new AuditHead(Long.parseLong(words[0]), words[1], words[2]);
  }
}
