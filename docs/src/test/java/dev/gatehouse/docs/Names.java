package dev.gatehouse.docs;

import java.util.List;
import java.util.regex.Pattern;

/** The names of keys that there are. */
final class Names {

  private static final Pattern OPEN = Pattern.compile("<[a-z]+>");

  private final List<String> keys;

  Names(List<String> keys) {
    this.keys = List.copyOf(keys);
  }

  /** Whether it is a key, or the beginning of one that ends where a part does. */
  boolean knows(String name) {
    String[] parts = name.replaceAll("\\.\\*$", "").split("\\.", -1);
    return keys.stream().anyMatch(key -> begins(key.split("\\.", -1), parts));
  }

  private static boolean begins(String[] key, String[] parts) {
    if (parts.length > key.length) {
      return false;
    }
    for (int i = 0; i < parts.length; i++) {
      if (!key[i].equals(parts[i]) && !OPEN.matcher(key[i]).matches()) {
        return false;
      }
    }
    return true;
  }
}
