package dev.gatehouse.gateway.trust;

/** What the feed of the key-service adds up to. */
record Keys(Anchors anchors, Issuers issuers, Revocations revocations) {

  static final Keys EMPTY = new Keys(Anchors.EMPTY, Issuers.EMPTY, Revocations.EMPTY);
}
