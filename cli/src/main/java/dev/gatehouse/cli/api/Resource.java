package dev.gatehouse.cli.api;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * A path of the control plane and its query.
 *
 * @param waiting how long the answer may be held back for a receipt
 */
public record Resource(String path, String query, Duration waiting) {

  public static final Resource TENANTS = of("tenants");
  public static final Resource KEYS = of("keys");
  public static final Resource ISSUERS = of("issuers");
  public static final Resource REVOCATIONS = of("revocations");
  public static final Resource USERS = of("users");
  public static final Resource AUDIT = of("audit");
  public static final Resource GATEWAYS = of("gateways");
  public static final Resource FEEDS = of("feeds");
  public static final Resource REGISTRY = of("registry");
  public static final Resource EXPLAIN = of("explain");

  private static Resource of(String name) {
    return new Resource("/api/v1/" + name, "", Duration.ZERO);
  }

  /** One of a collection. */
  public Resource child(String name) {
    return new Resource(path + "/" + encode(name), query, waiting);
  }

  public Resource with(String parameter, Optional<?> value) {
    return value.map(v -> with(parameter, v.toString())).orElse(this);
  }

  public Resource with(String parameter, String value) {
    String more = parameter + "=" + encode(value);
    return new Resource(path, query.isEmpty() ? more : query + "&" + more, waiting);
  }

  public Resource with(WaitOption wait) {
    return wait.time()
        .map(WaitTime::value)
        .map(time -> new Resource(path, with("wait", time.toString()).query, time))
        .orElse(this);
  }

  URI at(URI instance) {
    String base = instance.toString();
    base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    return URI.create(base + path + (query.isEmpty() ? "" : "?" + query));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }
}
