package dev.gatehouse.key.issuer;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.error.Conflict;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.NotFound;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.permission.Act;
import dev.gatehouse.common.permission.Permissions;
import dev.gatehouse.common.permission.Target;
import dev.gatehouse.common.permission.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which of the issuers of one name a caller means. */
final class IssuerChoice {

  private IssuerChoice() {}

  /**
   * The one that is meant. Those of owners that the caller does not see are as good as absent.
   *
   * @throws NotFound when there is none that the caller sees
   * @throws Conflict when there are several and no owner was named
   */
  static Issuer of(Caller caller, Act act, Optional<Reach> owner, List<Issuer> sameName) {
    List<Issuer> meant =
        sameName.stream()
            .filter(issuer -> sees(caller, issuer))
            .filter(issuer -> owner.map(issuer.ownerReach()::equals).orElse(true))
            .toList();
    if (meant.isEmpty()) {
      throw notFound();
    }
    if (meant.size() > 1) {
      throw new Conflict(
          ErrorCode.ISSUER_AMBIGUOUS,
          "Several owners have an issuer of this name, say which with ?owner=: "
              + meant.stream().map(issuer -> issuer.owner).collect(Collectors.joining(", ")));
    }
    Permissions.require(caller, act, target(meant.get(0)), IssuerChoice::notFound);
    return meant.get(0);
  }

  static NotFound notFound() {
    return new NotFound(ErrorCode.ISSUER_NOT_FOUND, "There is no such issuer");
  }

  private static boolean sees(Caller caller, Issuer issuer) {
    return Permissions.decide(caller, Act.SEE, target(issuer)) instanceof Verdict.Allowed;
  }

  private static Target target(Issuer issuer) {
    return new Target.OfIssuer(issuer.ownerReach());
  }
}
