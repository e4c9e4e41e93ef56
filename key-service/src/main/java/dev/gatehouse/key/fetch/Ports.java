package dev.gatehouse.key.fetch;

import java.net.URI;

/** The port of an address that need not say it. */
public final class Ports {

  private Ports() {}

  public static int of(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equals(uri.getScheme()) ? 443 : 80;
  }
}
