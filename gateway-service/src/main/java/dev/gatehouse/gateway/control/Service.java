package dev.gatehouse.gateway.control;

import java.util.Optional;
import java.util.stream.Stream;

/** A service that owns objects of the control plane. */
enum Service implements Respondent {
  TENANTS("tenant-service", "tenants"),
  KEYS("key-service", "keys");

  private final String title;
  private final String feed;

  Service(String title, String feed) {
    this.title = title;
    this.feed = feed;
  }

  /** Its feed's name, by which it is called in paths and answers too. */
  String feed() {
    return feed;
  }

  static Optional<Service> ofFeed(String name) {
    return Stream.of(values()).filter(service -> service.feed.equals(name)).findFirst();
  }

  @Override
  public String toString() {
    return title;
  }
}
