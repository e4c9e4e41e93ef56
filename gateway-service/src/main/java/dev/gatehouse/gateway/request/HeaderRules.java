package dev.gatehouse.gateway.request;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of each request header: one probe into a table for all that have an exact name, then
 * the few that have a common beginning or end.
 */
public final class HeaderRules {

  /** What becomes of a header. */
  public enum Rule {
    PASS,
    /** Never reaches a backend. */
    STRIP,
    /** About the body's length or this connection: written anew for the next one. */
    FRAMING,
    /** Names further headers of this connection only (RFC 9110 §7.6.1). */
    CONNECTION,
    /** HTTP/2 may split it; HTTP/1.1 must not (RFC 9113 §8.2.3). */
    COOKIE,
    EXPECT,
    UPGRADE,
    HOST,
    REQUEST_ID,
    TENANT_ID,
    /** Who is asking; never reaches a backend by itself. */
    AUTHORIZATION,
    /** By which some backend knows the tenant: only we say it. */
    TENANT_HEADER,
    /** The sender is told: silently dropping it would change whom they believe to be. */
    REFUSE
  }

  private static final String[] STRIPPED = {
    "x-api-key",
    "x-original-url",
    "x-original-uri",
    "x-original-host",
    "x-rewrite-url",
    "x-http-method",
    "x-host",
    "x-forwarded",
    "x-real-ip",
    "x-client-ip",
    "true-client-ip",
    "proxy",
    "remote-user",
    "x-remote-user",
    "x-webauth-user",
    "forwarded",
    "x-id-token",
    "x-grafana-id",
    "x-prom-label-policy",
    "x-loki-disable-pipeline-wrappers",
    "x-loki-actor-path",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "http2-settings"
  };
  private static final String[] STRIPPED_PREFIXES = {
    "x-gatehouse-", "x-forwarded-", "x-mimir-skip", "x-auth-request-"
  };
  private static final String STRIPPED_SUFFIX = "-method-override";
  private static final int SLOTS = 256;

  private final @Nullable String[] names = new @Nullable String[SLOTS];
  private final Rule[] rules = new Rule[SLOTS];

  public HeaderRules(Collection<String> tenantHeaders) {
    for (String name : STRIPPED) {
      put(name, Rule.STRIP);
    }
    put("content-length", Rule.FRAMING);
    put("transfer-encoding", Rule.FRAMING);
    put("connection", Rule.CONNECTION);
    put("cookie", Rule.COOKIE);
    put("expect", Rule.EXPECT);
    put("upgrade", Rule.UPGRADE);
    put("host", Rule.HOST);
    put("x-request-id", Rule.REQUEST_ID);
    put("x-tenant-id", Rule.TENANT_ID);
    put("authorization", Rule.AUTHORIZATION);
    put("x-username", Rule.REFUSE);
    for (String name : tenantHeaders) {
      // A backend that is told the tenant by our own header's name: we set it as any other.
      if (!HeaderName.matches(name, "x-tenant-id")) {
        put(HeaderName.fold(name), Rule.TENANT_HEADER);
      }
    }
  }

  public Rule of(CharSequence name) {
    for (int slot = HeaderName.hash(name) & (SLOTS - 1); ; slot = (slot + 1) & (SLOTS - 1)) {
      String candidate = names[slot];
      if (candidate == null) {
        break;
      }
      if (HeaderName.matches(name, candidate)) {
        return rules[slot];
      }
    }
    return isStrippedByPart(name) ? Rule.STRIP : Rule.PASS;
  }

  private static boolean isStrippedByPart(CharSequence name) {
    if (HeaderName.endsWith(name, STRIPPED_SUFFIX)) {
      return true;
    }
    for (String prefix : STRIPPED_PREFIXES) {
      if (HeaderName.startsWith(name, prefix)) {
        return true;
      }
    }
    return false;
  }

  private void put(String folded, Rule rule) {
    int slot = HeaderName.hash(folded) & (SLOTS - 1);
    for (String taken = names[slot]; taken != null; taken = names[slot]) {
      if (taken.equals(folded)) {
        if (rules[slot] != rule) {
          throw new IllegalStateException(
              "The header " + folded + " has a meaning of its own and cannot name the tenant");
        }
        return;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    names[slot] = folded;
    rules[slot] = rule;
  }
}
