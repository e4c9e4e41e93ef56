package dev.gatehouse.cli.audit;

import java.util.Locale;

/** A service that keeps a chain of its own. */
public enum ServiceName {
  TENANTS,
  KEYS;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
