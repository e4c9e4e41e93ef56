package dev.gatehouse.cli.instance;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/** Absolute URLs of HTTP, without user information, query or fragment. */
public final class HttpUrl {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private HttpUrl() {}

  public static URI parse(String text) throws URISyntaxException {
    URI url = new URI(text.strip());
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http
        || url.getHost() == null
        || url.getUserInfo() != null
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      throw new URISyntaxException(text, "not an absolute URL of HTTP");
    }
    return url;
  }

  /** Whether what is sent there can be read on its way. */
  public static boolean isExposed(URI url) {
    return "http".equals(url.getScheme())
        && !LOOPBACK.contains(url.getHost())
        && !url.getHost().endsWith(".localhost");
  }
}
