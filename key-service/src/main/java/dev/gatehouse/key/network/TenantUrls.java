package dev.gatehouse.key.network;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Addresses that tenants give, before anything is resolved. */
public final class TenantUrls {

  public static final int MAX_LENGTH = 512;

  private TenantUrls() {}

  /**
   * Reads an address with a host and nothing that could hide what is asked: neither user
   * information nor query nor fragment, not even empty ones. Whether it may be asked is another
   * question: {@link #isAcceptable}, and then {@link Destinations}.
   */
  public static Optional<URI> parse(String text) {
    if (text.length() > MAX_LENGTH || text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(text);
      return hasPlainAuthority(uri) && uri.getRawQuery() == null && uri.getRawFragment() == null
          ? Optional.of(uri)
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Whether the scheme is https and the host can be a public one, as far as its text says. */
  public static boolean isAcceptable(URI uri) {
    return "https".equals(uri.getScheme())
        && hasPlainAuthority(uri)
        && Host.parse(uri.getHost()).map(TenantUrls::isPublic).orElse(false);
  }

  private static boolean isPublic(Host host) {
    return host instanceof Host.Literal literal
        ? PublicAddresses.contain(literal.address())
        : ((Host.Name) host).isPublic();
  }

  private static boolean hasPlainAuthority(URI uri) {
    boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
    if (!web || uri.getHost() == null) {
      return false;
    }
    String authority = uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    return uri.getPort() <= 65_535 && uri.getPort() != 0 && authority.equals(uri.getRawAuthority());
  }
}
