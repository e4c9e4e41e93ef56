package dev.gatehouse.common.name;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The name of a tenant: a path of 1 to {@value #MAX_SEGMENTS} segments joined by {@code :}, or
 * {@code _}, the default tenant. A segment has {@value #MIN_SEGMENT} to {@value #MAX_SEGMENT}
 * characters of {@code [a-z0-9-]}, starts and ends with a letter or digit and has no {@code --},
 * because {@code --} joins the segments in a DNS label.
 */
public record TenantId(@JsonValue String value) implements Comparable<TenantId> {

  public static final int MAX_SEGMENTS = 8;
  public static final int MIN_SEGMENT = 2;
  public static final int MAX_SEGMENT = 30;

  /** A DNS label may have 63 characters; the rest is for the name of an api and its separator. */
  public static final int MAX_DNS_LABEL = 42;

  /** Always exists, cannot be removed, has no host. */
  public static final TenantId DEFAULT = new TenantId("_");

  /** Labels that start with this are punycode (RFC 5890), so no first segment may look like one. */
  private static final String RESERVED_FIRST_SEGMENT = "xn";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public TenantId {
    if (!value.equals("_")) {
      check(value);
    }
  }

  public boolean isDefault() {
    return value.equals("_");
  }

  public List<String> segments() {
    return split(value);
  }

  public Optional<TenantId> parent() {
    int last = value.lastIndexOf(':');
    return last < 0 ? Optional.empty() : Optional.of(new TenantId(value.substring(0, last)));
  }

  /** The tenants above this one, nearest first; empty for one that is not nested. */
  public List<TenantId> ancestors() {
    List<TenantId> ancestors = new ArrayList<>();
    for (Optional<TenantId> next = parent(); next.isPresent(); next = next.get().parent()) {
      ancestors.add(next.get());
    }
    return List.copyOf(ancestors);
  }

  /** Whether this is {@code other} or nested in it. */
  public boolean isWithin(TenantId other) {
    return value.equals(other.value)
        || (value.length() > other.value.length()
            && value.startsWith(other.value)
            && value.charAt(other.value.length()) == ':');
  }

  /** The segments joined by {@code --}, as they stand in a host name. */
  public String dnsLabel() {
    return value.replace(":", "--");
  }

  /** The inverse of {@link #dnsLabel()}. */
  public static TenantId ofDnsLabel(String label) {
    if (label.indexOf(':') >= 0) {
      throw invalid("A DNS label joins the segments of a tenant name with --");
    }
    return new TenantId(label.replace("--", ":"));
  }

  @Override
  public int compareTo(TenantId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }

  private static void check(String value) {
    List<String> segments = split(value);
    if (segments.size() > MAX_SEGMENTS) {
      throw invalid("A tenant name has at most " + MAX_SEGMENTS + " segments");
    }
    segments.forEach(TenantId::checkSegment);
    if (segments.get(0).equals(RESERVED_FIRST_SEGMENT)) {
      throw invalid("A tenant name cannot start with the segment " + RESERVED_FIRST_SEGMENT);
    }
    int label = value.length() + segments.size() - 1;
    if (label > MAX_DNS_LABEL) {
      throw invalid(
          "A tenant name has at most "
              + MAX_DNS_LABEL
              + " characters, each ':' counting for two, as it becomes a DNS label");
    }
  }

  private static void checkSegment(String segment) {
    if (segment.length() < MIN_SEGMENT || segment.length() > MAX_SEGMENT) {
      throw invalid(
          "A segment of a tenant name has " + MIN_SEGMENT + " to " + MAX_SEGMENT + " characters");
    }
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      boolean inside = i > 0 && i < segment.length() - 1;
      if (!letterOrDigit && !(c == '-' && inside && segment.charAt(i - 1) != '-')) {
        throw invalid("A segment of a tenant name is made of a-z, 0-9 and single inner hyphens");
      }
    }
  }

  private static List<String> split(String value) {
    List<String> segments = new ArrayList<>(2);
    int start = 0;
    for (int colon = value.indexOf(':'); colon >= 0; colon = value.indexOf(':', start)) {
      segments.add(value.substring(start, colon));
      start = colon + 1;
    }
    segments.add(value.substring(start));
    return segments;
  }

  private static Invalid invalid(String detail) {
    return new Invalid(ErrorCode.TENANT_NAME_INVALID, detail);
  }
}
