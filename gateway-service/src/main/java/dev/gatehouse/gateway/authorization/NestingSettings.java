package dev.gatehouse.gateway.authorization;

/**
 * What relatives may do with each other's data.
 *
 * @param ancestorAccess what a nested tenant may do with the data of those that it is nested in
 * @param descendantAccess what a tenant may do with the data of those nested in it
 * @param defaultReadable whether everybody may read the default tenant
 */
public record NestingSettings(
    AncestorAccess ancestorAccess, DescendantAccess descendantAccess, boolean defaultReadable) {

  /** Nobody reaches the data of another tenant. */
  public static final NestingSettings NONE =
      new NestingSettings(AncestorAccess.NONE, DescendantAccess.NONE, false);

  /** What a nested tenant may do with the data of those that it is nested in. */
  public enum AncestorAccess {
    NONE,
    /** The rule of Orchestrate. */
    READ,
    /** Everything that the token's scopes allow. */
    FULL
  }

  /** What a tenant may do with the data of those nested in it. */
  public enum DescendantAccess {
    NONE,
    READ
  }
}
