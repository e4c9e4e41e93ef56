package dev.gatehouse.key.network;

import dev.gatehouse.key.fetch.Ports;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Hosts as the configuration lists them: {@code host} for all of its ports, or {@code host:port}.
 * Compared as text, without DNS.
 */
public final class HostList {

  public static final HostList NONE = new HostList(Set.of());

  private static final Pattern ENTRY =
      Pattern.compile("([a-z0-9._-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

  private final Set<String> entries;

  private HostList(Set<String> entries) {
    this.entries = Set.copyOf(entries);
  }

  /**
   * Reads a list.
   *
   * @throws IllegalArgumentException when an entry is something else; the message quotes it
   */
  public static HostList of(Collection<String> texts) {
    return new HostList(
        texts.stream()
            .map(text -> text.strip().toLowerCase(Locale.ROOT))
            .filter(text -> !text.isEmpty())
            .map(HostList::checked)
            .collect(Collectors.toSet()));
  }

  /**
   * Reads the value of a key; none is an empty list.
   *
   * @throws IllegalStateException when an entry is something else; the process must not start
   */
  public static HostList configured(String key, Optional<List<String>> value) {
    try {
      return value.map(HostList::of).orElse(NONE);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          key
              + " is wrong: "
              + e.getMessage()
              + ". Give host names or addresses, with a port where only one is meant, separated by"
              + " commas.");
    }
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
