package dev.gatehouse.gateway.limit;

/** Something that a tenant may use so much of, at this gateway. Safe for all threads. */
interface Measured {

  /**
   * Changes how much there is.
   *
   * @param amount what this gateway may let through; {@link Double#POSITIVE_INFINITY} for no limit
   */
  void allow(double amount);

  /**
   * How much was asked for since this was called last, granted or not.
   *
   * @param seconds since then
   * @return in the unit of the limit
   */
  double asked(double seconds);

  /** Whether nobody would miss it. */
  boolean isIdle();
}
