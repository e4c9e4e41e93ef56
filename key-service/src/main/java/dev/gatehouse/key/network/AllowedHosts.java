package dev.gatehouse.key.network;

import dev.gatehouse.key.fetch.Ports;
import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Hosts that tenants may send this service to although they are not public, or not {@code https}:
 * {@code host} for all of its ports, or {@code host:port}. Compared as text, without DNS.
 */
public final class AllowedHosts {

  public static final AllowedHosts NONE = new AllowedHosts(Set.of());

  private static final Pattern ENTRY =
      Pattern.compile("([a-z0-9._-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

  private final Set<String> entries;

  private AllowedHosts(Set<String> entries) {
    this.entries = Set.copyOf(entries);
  }

  /**
   * Reads a list.
   *
   * @throws IllegalArgumentException when an entry is something else; the message quotes it
   */
  public static AllowedHosts of(Collection<String> texts) {
    return new AllowedHosts(
        texts.stream()
            .map(text -> text.strip().toLowerCase(Locale.ROOT))
            .filter(text -> !text.isEmpty())
            .map(AllowedHosts::checked)
            .collect(Collectors.toSet()));
  }

  public boolean contain(URI uri) {
    if (uri.getHost() == null) {
      return false;
    }
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return entries.contains(host) || entries.contains(host + ":" + Ports.of(uri));
  }

  private static String checked(String entry) {
    if (!ENTRY.matcher(entry).matches()) {
      throw new IllegalArgumentException(entry + " is neither a host nor host:port");
    }
    return entry;
  }
}
