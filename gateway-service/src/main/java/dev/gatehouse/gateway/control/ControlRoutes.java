package dev.gatehouse.gateway.control;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.name.KeyId;
import dev.gatehouse.common.name.OpstraceKeyId;
import dev.gatehouse.common.name.TenantId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the control plane offers (design §6). A path is taken apart and put together again, so
 * nothing else of a service can be reached, however a request is spelled.
 */
final class ControlRoutes {

  /** A service that has not begun its answer by then counts as gone; clients hear so within 2 s. */
  static final Duration PATIENCE = Duration.ofMillis(1_800);

  private static final Set<String> JSON = Set.of("application/json");
  private static final Set<String> JSON_PATCH =
      Set.of("application/json", "application/merge-patch+json");
  private static final Set<String> NO_BODY = Set.of();

  private static final ControlRoute UNKNOWN = new ControlRoute.Unknown();
  private static final int MAX_REVISION_DIGITS = 18;

  private static final Path TENANTS =
      new Path(Service.TENANTS)
          .takes("GET", NO_BODY, "prefix", "status", "limit", "cursor")
          .takes("POST", JSON, "wait");
  private static final Path TENANT =
      new Path(Service.TENANTS)
          .takes("GET", NO_BODY)
          .takes("PATCH", JSON_PATCH, "wait")
          .takes("DELETE", NO_BODY, "recursive", "wait");
  private static final Path KEYS =
      new Path(Service.KEYS)
          .takes("GET", NO_BODY, "owner", "limit", "cursor")
          .takes("POST", JSON, "wait");
  private static final Path KEY =
      new Path(Service.KEYS)
          .takes("GET", NO_BODY, "owner")
          .takes("DELETE", NO_BODY, "owner", "wait");
  private static final Path TENANTS_ROLLOUT = new Path(Service.TENANTS).takes("GET", NO_BODY);
  private static final Path KEYS_ROLLOUT = new Path(Service.KEYS).takes("GET", NO_BODY);

  private ControlRoutes() {}

  /**
   * @param segments the decoded segments of the path
   * @param query as received; empty for none
   * @throws Invalid for a name, id or query parameter that cannot be one
   */
  static ControlRoute find(String method, List<String> segments, String query) {
    if (segments.size() < 3 || !segments.get(0).equals("api") || !segments.get(1).equals("v1")) {
      return UNKNOWN;
    }
    List<String> rest = segments.subList(2, segments.size());
    return switch (rest.get(0)) {
      case "tenants" ->
          switch (rest.size()) {
            case 1 -> TENANTS.route(method, "/api/v1/tenants", query);
            case 2 -> TENANT.route(method, "/api/v1/tenants/" + tenant(rest.get(1)), query);
            default -> UNKNOWN;
          };
      case "keys" ->
          switch (rest.size()) {
            case 1 -> KEYS.route(method, "/api/v1/keys", query);
            case 2 -> KEY.route(method, "/api/v1/keys/" + key(rest.get(1)), query);
            default -> UNKNOWN;
          };
      case "rollouts" -> rest.size() == 3 ? rollout(method, rest, query) : UNKNOWN;
      default -> UNKNOWN;
    };
  }

  private static ControlRoute rollout(String method, List<String> rest, String query) {
    String path = "/api/v1/rollouts/" + rest.get(1) + "/";
    return switch (rest.get(1)) {
      case "tenants" -> TENANTS_ROLLOUT.route(method, path + revision(rest.get(2)), query);
      case "keys" -> KEYS_ROLLOUT.route(method, path + revision(rest.get(2)), query);
      default -> UNKNOWN;
    };
  }

  private static String tenant(String segment) {
    return new TenantId(segment).value();
  }

  private static String key(String segment) {
    if (KeyId.isThumbprint(segment) || OpstraceKeyId.isHexSha1(segment)) {
      return segment;
    }
    throw new Invalid(
        ErrorCode.KEY_ID_INVALID,
        "A key id has 43 base64url characters or 40 lower-case hex digits");
  }

  private static String revision(String segment) {
    boolean digits = !segment.isEmpty() && segment.length() <= MAX_REVISION_DIGITS;
    for (int i = 0; digits && i < segment.length(); i++) {
      digits = segment.charAt(i) >= '0' && segment.charAt(i) <= '9';
    }
    if (!digits) {
      throw new Invalid(ErrorCode.REQUEST_MALFORMED, "A revision is a whole number");
    }
    return segment;
  }

  /** One path and what it takes. */
  private static final class Path {

    private record Taken(Set<String> mediaTypes, Set<String> parameters) {}

    private final Service service;
    private final Map<String, Taken> methods = new LinkedHashMap<>();

    Path(Service service) {
      this.service = service;
    }

    Path takes(String method, Set<String> mediaTypes, String... parameters) {
      methods.put(method, new Taken(mediaTypes, Set.of(parameters)));
      return this;
    }

    ControlRoute route(String method, String path, String query) {
      Taken taken = methods.get(method.equals("HEAD") ? "GET" : method);
      if (taken == null) {
        return new ControlRoute.WrongMethod(String.join(", ", methods.keySet()));
      }
      ControlQuery parsed = ControlQuery.parse(query, taken.parameters());
      return new ControlRoute.To(
          service, path + parsed.encoded(), taken.mediaTypes(), parsed.patience(PATIENCE));
    }
  }
}
