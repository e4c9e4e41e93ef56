package dev.gatehouse.gateway.catalog;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the methods of one path mean. Method names are case-sensitive (RFC 9110 §9.1). */
final class Methods {

  /** Stands for every method that is not named. */
  static final String ANY = "*";

  /** How a catalog came to this path, in the order in which the meanings count. */
  enum Origin {
    NATIVE,
    PREFIXED,
    BARE
  }

  private final Map<Origin, Map<String, Match>> meanings = new EnumMap<>(Origin.class);

  void add(Origin origin, String method, Match meaning) {
    meanings.computeIfAbsent(origin, o -> new HashMap<>(4)).put(method, meaning);
  }

  /** HEAD means what GET means (RFC 9110 §9.3.2), unless it is named itself. */
  Match meaningOf(String method) {
    for (Map<String, Match> ofOrigin : meanings.values()) {
      Match meaning = meaningOf(method, ofOrigin);
      if (meaning != null) {
        return meaning;
      }
    }
    return Catalog.REFUSED;
  }

  private static @Nullable Match meaningOf(String method, Map<String, Match> ofOrigin) {
    Match meaning = ofOrigin.get(method);
    if (meaning == null && method.equals("HEAD")) {
      meaning = ofOrigin.get("GET");
    }
    return meaning == null ? ofOrigin.get(ANY) : meaning;
  }
}
