package dev.gatehouse.gateway.routing;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.name.TenantId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which host means what. Hosts are compared without case, port and the final dot of a fully
 * qualified name (RFC 9110 §4.2.3, RFC 3986 §3.2.2). What is not plainly one of ours is unknown:
 * nothing is guessed from a host that looks odd.
 */
public final class Hosts {

  private static final Destination CONTROL = new Destination.ControlHost();
  private static final Destination UNKNOWN = new Destination.UnknownHost();

  private static final String PATH_LABEL = "api";
  private static final String TENANT_SEGMENT = "t";
  private static final int PREFIX_SEGMENTS = 3;
  private static final int MAX_HOST = 253;
  private static final int MAX_PORT_DIGITS = 5;

  private final HostTemplate template;
  private final String domain;
  private final String suffix;
  private final Set<String> controlHosts;

  /**
   * Takes names and addresses that are checked.
   *
   * @param domain what all tenant and api hosts end in, without a leading dot
   * @param controlHosts names or addresses, without ports; an IPv6 address in brackets
   */
  public Hosts(HostTemplate template, String domain, Set<String> controlHosts) {
    this.template = template;
    this.domain = checked("domain", domain);
    this.suffix = "." + this.domain;
    Set<String> checked = new TreeSet<>();
    for (String host : controlHosts) {
      checked.add(checked("control host", host));
    }
    this.controlHosts = Set.copyOf(checked);
  }

  public String domain() {
    return domain;
  }

  /** Those that serve the user interface and the control plane. */
  public Set<String> controlHosts() {
    return controlHosts;
  }

  /**
   * Says where a request wants to go.
   *
   * @param authority the Host header or {@code :authority}, as received
   * @throws Invalid ({@code path_refused}) on {@code api.<domain>} for a path of another form than
   *     {@code /t/<tenant>/<api>/…}
   */
  public Destination destination(String authority, StrictPath path) {
    String host = normalised(authority);
    if (host == null) {
      return UNKNOWN;
    }
    if (controlHosts.contains(host)) {
      return CONTROL;
    }
    if (!host.endsWith(suffix)) {
      return UNKNOWN;
    }
    String labels = host.substring(0, host.length() - suffix.length());
    if (labels.equals(PATH_LABEL)) {
      return tenantPath(path);
    }
    if (ApiName.isLegal(labels)) {
      return new Destination.ApiHost(new ApiName(labels));
    }
    return tenantHost(labels);
  }

  /** The host under which a tenant reaches an api; the default tenant has none. */
  public String hostOf(ApiName api, TenantId tenant) {
    if (tenant.isDefault()) {
      throw new IllegalArgumentException("The default tenant has no host");
    }
    String label = tenant.dnsLabel();
    return switch (template) {
      case DASHED -> api + "-" + label + suffix;
      case API_FIRST -> api + "." + label + suffix;
      case TENANT_FIRST -> label + "." + api + suffix;
    };
  }

  private Destination tenantHost(String labels) {
    int split = labels.indexOf(template == HostTemplate.DASHED ? '-' : '.');
    if (split < 0) {
      return UNKNOWN;
    }
    String before = labels.substring(0, split);
    String after = labels.substring(split + 1);
    boolean tenantFirst = template == HostTemplate.TENANT_FIRST;
    String api = tenantFirst ? after : before;
    TenantId tenant = tenant(tenantFirst ? before : after);
    return tenant == null || !ApiName.isLegal(api)
        ? UNKNOWN
        : new Destination.TenantHost(new ApiName(api), tenant);
  }

  private static Destination tenantPath(StrictPath path) {
    List<String> segments = path.segments();
    if (segments.size() >= PREFIX_SEGMENTS && segments.get(0).equals(TENANT_SEGMENT)) {
      String api = segments.get(2);
      if (ApiName.isLegal(api)) {
        return new Destination.TenantPath(
            new ApiName(api), new TenantId(segments.get(1)), path.below(PREFIX_SEGMENTS));
      }
    }
    throw new Invalid(
        ErrorCode.PATH_REFUSED, "On this host a path has the form /t/<tenant>/<api>/...");
  }

  /** A host has neither {@code _} nor {@code :}, so that a label has one reading only. */
  private static @Nullable TenantId tenant(String label) {
    try {
      return TenantId.ofDnsLabel(label);
    } catch (Invalid e) {
      return null;
    }
  }

  /** Lower case, without port and final dot; null if it is not a host that DNS could hold. */
  private static @Nullable String normalised(String authority) {
    int end = endOfHost(authority);
    if (end <= 0) {
      return null;
    }
    boolean literal = authority.charAt(0) == '[';
    if (!literal && authority.charAt(end - 1) == '.') {
      end--;
    }
    if (end == 0 || end > MAX_HOST) {
      return null;
    }
    char[] host = new char[end];
    for (int i = 0; i < end; i++) {
      char c = authority.charAt(i);
      char lower = c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
      boolean allowed =
          (lower >= 'a' && lower <= 'z')
              || (lower >= '0' && lower <= '9')
              || lower == '.'
              || (literal ? lower == ':' || isBracketInPlace(lower, i, end) : lower == '-');
      if (!allowed) {
        return null;
      }
      host[i] = lower;
    }
    return new String(host);
  }

  private static boolean isBracketInPlace(char c, int at, int end) {
    return (c == '[' && at == 0) || (c == ']' && at == end - 1);
  }

  /** Where the host ends and its port, if any, begins; -1 if the port is none. */
  private static int endOfHost(String authority) {
    int colon =
        authority.startsWith("[")
            ? authority.indexOf(']') + 1
            : authority.indexOf(':') < 0 ? authority.length() : authority.indexOf(':');
    if (colon == authority.length()) {
      return colon;
    }
    if (colon == 0 || authority.charAt(colon) != ':') {
      return -1;
    }
    int digits = authority.length() - colon - 1;
    for (int i = colon + 1; i < authority.length(); i++) {
      if (authority.charAt(i) < '0' || authority.charAt(i) > '9') {
        return -1;
      }
    }
    return digits > MAX_PORT_DIGITS ? -1 : colon;
  }

  private static String checked(String what, String host) {
    String normalised = normalised(host);
    if (normalised == null || endOfHost(host) != host.length() || normalised.startsWith(".")) {
      throw new Invalid(
          ErrorCode.FIELD_INVALID,
          "'" + host + "' is no " + what + ": give a name or an address, without scheme and port");
    }
    return normalised;
  }

  @Override
  public String toString() {
    return template + " with " + domain;
  }
}
