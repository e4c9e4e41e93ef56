package dev.gatehouse.key.issuer;

import dev.gatehouse.common.error.Conflict;
import dev.gatehouse.common.error.ErrorCode;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * Whether a token could belong to two registrations. Several may have the same address, as
 * everybody uses the same Google; then the audience tells them apart, or nothing does.
 */
final class Ambiguity {

  private Ambiguity() {}

  /** Registrations of one address; one without audiences takes every token. */
  static boolean between(List<String> audiences, List<String> others) {
    return audiences.isEmpty() || others.isEmpty() || !Collections.disjoint(audiences, others);
  }

  /** Refuses audiences that another registration of the same address has, whose ever it is. */
  static void refuse(List<String> audiences, Collection<Issuer> others) {
    for (Issuer other : others) {
      if (between(audiences, other.told().audiences())) {
        throw new Conflict(
            ErrorCode.ISSUER_AMBIGUOUS,
            "There is a registration of this issuer with one of these audiences, or with none;"
                + " use an audience of your own");
      }
    }
  }
}
