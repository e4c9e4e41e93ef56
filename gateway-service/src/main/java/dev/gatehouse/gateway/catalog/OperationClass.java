package dev.gatehouse.gateway.catalog;

import java.util.Locale;
import java.util.Optional;

/** What an operation does to a tenant's data, and so which scope it takes (design §4.4). */
public enum OperationClass {
  READ,
  WRITE,
  RULES,
  ALERTS,
  /** Apart from {@link #ALERTS}, and never split by method: reading it can give secrets away. */
  ALERTCONFIG;

  private final String access = name().toLowerCase(Locale.ROOT);

  /** The part of a scope after the colon. */
  public String access() {
    return access;
  }

  /** The class of this name. */
  public static Optional<OperationClass> named(String text) {
    for (OperationClass candidate : values()) {
      if (candidate.access.equals(text)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
