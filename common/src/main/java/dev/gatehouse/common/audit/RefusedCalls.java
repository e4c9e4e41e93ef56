package dev.gatehouse.common.audit;

import dev.gatehouse.common.error.ErrorCode;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Which refused calls are recorded, and how their paths are written down. */
final class RefusedCalls {

  static final int MAX_PATH = 512;

  private static final String MANAGEMENT = "/api/v1/";

  private static final Set<ErrorCode> HIDDEN =
      Set.of(
          ErrorCode.TENANT_UNKNOWN,
          ErrorCode.KEY_NOT_FOUND,
          ErrorCode.ISSUER_NOT_FOUND,
          ErrorCode.REVOCATION_NOT_FOUND,
          ErrorCode.GATEWAY_NOT_FOUND);

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private RefusedCalls() {}

  /**
   * Management calls that are forbidden, and attempts to change what is not there. Whether that
   * exists and is hidden makes no difference: who may read the entry would learn it from there.
   */
  static boolean isRecorded(String method, String path, ErrorCode code) {
    if (!path.startsWith(MANAGEMENT)) {
      return false;
    }
    return code.status() == 403 || (HIDDEN.contains(code) && !READING.contains(method));
  }

  /** The path without what is no name: tokens and keys that were put there by mistake. */
  static String resource(String path) {
    String safe =
        Arrays.stream(path.split("/", -1))
            .map(RefusedCalls::segment)
            .collect(Collectors.joining("/"));
    return safe.length() <= MAX_PATH ? safe : safe.substring(0, MAX_PATH - 1) + "…";
  }

  private static String segment(String segment) {
    // Every JSON Web Token starts so, as it starts with {" in base64url; and no name does.
    if (segment.startsWith("eyJ") || segment.contains("-----BEGIN")) {
      return "(secret)";
    }
    StringBuilder printable = new StringBuilder(segment.length());
    segment.chars().forEach(c -> printable.append(c > 0x20 && c < 0x7f ? (char) c : '?'));
    return printable.toString();
  }
}
