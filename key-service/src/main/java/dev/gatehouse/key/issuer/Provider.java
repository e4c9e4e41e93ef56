package dev.gatehouse.key.issuer;

import dev.gatehouse.common.name.Reach;

/**
 * Whom to ask for keys, and on whose behalf.
 *
 * @param failing whether the last attempt failed
 */
record Provider(String url, Reach owner, boolean failing) {

  /** The operator's own issuers are bound by no rule of addresses, and wait for nobody. */
  boolean isOfOperator() {
    return owner.equals(Reach.EVERYTHING);
  }
}
