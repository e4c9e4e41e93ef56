package dev.gatehouse.gateway.trust;

/**
 * One immutable view of everything that decisions are made from. A request takes it once and never
 * sees half of a change.
 *
 * @param generation grows with each change of any part
 */
public record Trust(
    long generation, Tenants tenants, Anchors anchors, Issuers issuers, Revocations revocations) {

  /** Knows the default tenant and nobody's key. */
  public static final Trust EMPTY =
      new Trust(0, Tenants.EMPTY, Anchors.EMPTY, Issuers.EMPTY, Revocations.EMPTY);
}
