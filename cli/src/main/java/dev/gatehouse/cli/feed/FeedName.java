package dev.gatehouse.cli.feed;

import java.util.Locale;

/** What gateways follow. */
public enum FeedName {
  TENANTS,
  KEYS;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
