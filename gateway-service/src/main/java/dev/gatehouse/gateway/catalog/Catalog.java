package dev.gatehouse.gateway.catalog;

import dev.gatehouse.common.error.ErrorCode;
import java.util.List;
import java.util.Set;

/**
 * The operations of one backend, ready to match. Anything that it does not list is refused, and so
 * is a listed path with a method that is not.
 */
public final class Catalog {

  static final Match.Refused REFUSED =
      new Match.Refused(
          ErrorCode.OPERATION_REFUSED, "This operation is not offered through the gateway");

  private static final Match.Refused UNKNOWN =
      new Match.Refused(ErrorCode.OPERATION_UNKNOWN, "This api has no operation at this path");

  private static final Match.Refused ENCODED_SLASH =
      new Match.Refused(
          ErrorCode.PATH_REFUSED,
          "An encoded slash stands where no operation of this api takes one");

  private final String name;
  private final boolean ignoresTenantHeader;
  private final PathTree tree;
  private final Set<Operation> operations;

  Catalog(String name, boolean ignoresTenantHeader, PathTree tree, Set<Operation> operations) {
    this.name = name;
    this.ignoresTenantHeader = ignoresTenantHeader;
    this.tree = tree;
    this.operations = Set.copyOf(operations);
  }

  public String name() {
    return name;
  }

  /** All that is offered. */
  public Set<Operation> operations() {
    return operations;
  }

  /** Whether the backend serves one pool of data to all, so that its tenants must be listed. */
  public boolean ignoresTenantHeader() {
    return ignoresTenantHeader;
  }

  /**
   * What the method means at the path.
   *
   * @param segments the decoded segments of the path, the last one empty where the path ends in a
   *     slash; a segment that holds a slash was sent with an encoded one
   */
  public Match match(String method, List<String> segments) {
    Methods methods = tree.find(segments, 0);
    if (methods != null) {
      return methods.meaningOf(method);
    }
    return PathTree.holdsSlash(segments, 0) ? ENCODED_SLASH : UNKNOWN;
  }

  @Override
  public String toString() {
    return name;
  }
}
