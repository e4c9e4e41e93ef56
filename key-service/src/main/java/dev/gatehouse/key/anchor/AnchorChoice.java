package dev.gatehouse.key.anchor;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.error.Conflict;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.NotFound;
import dev.gatehouse.common.name.Reach;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which of the anchors of one key a caller means. */
final class AnchorChoice {

  private AnchorChoice() {}

  /**
   * The one that is meant. Those that the caller does not see are as good as absent.
   *
   * @throws NotFound when there is none that the caller sees
   * @throws Conflict when there are several and no owner was named
   */
  static Anchor of(Caller caller, Optional<Reach> owner, List<Anchor> anchors) {
    List<Anchor> meant =
        anchors.stream()
            .filter(anchor -> AnchorRights.sees(caller, anchor))
            .filter(anchor -> owner.map(anchor.ownerReach()::equals).orElse(true))
            .toList();
    if (meant.isEmpty()) {
      throw AnchorRights.notFound();
    }
    if (meant.size() > 1) {
      throw new Conflict(
          ErrorCode.KEY_AMBIGUOUS,
          "Several owners have this key, say which with ?owner=: " + owners(meant));
    }
    return meant.get(0);
  }

  /** The owners that still have the key when one of its anchors is removed. */
  static List<String> remaining(Caller caller, Anchor removed, List<Anchor> anchors) {
    return anchors.stream()
        .filter(anchor -> !anchor.id.equals(removed.id))
        .filter(anchor -> AnchorRights.mayKnowOf(caller, anchor))
        .map(anchor -> anchor.owner)
        .sorted()
        .toList();
  }

  private static String owners(List<Anchor> anchors) {
    return anchors.stream().map(anchor -> anchor.owner).sorted().collect(Collectors.joining(", "));
  }
}
