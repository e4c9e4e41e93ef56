package dev.gatehouse.gateway.authentication;

import dev.gatehouse.common.name.Scope;
import java.util.HashSet;
import java.util.Set;

/** Sets of scopes, where {@code *:read} stands for {@code read} on every api. */
final class ScopeGrant {

  private ScopeGrant() {}

  /** What both sets allow. */
  static Set<Scope> both(Set<Scope> one, Set<Scope> other) {
    if (one.equals(other)) {
      return one;
    }
    Set<Scope> both = new HashSet<>();
    addCovered(both, one, other);
    addCovered(both, other, one);
    return both;
  }

  private static void addCovered(Set<Scope> to, Set<Scope> from, Set<Scope> by) {
    for (Scope scope : from) {
      if (scope.isIn(by)) {
        to.add(scope);
      }
    }
  }
}
