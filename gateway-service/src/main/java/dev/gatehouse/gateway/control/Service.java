package dev.gatehouse.gateway.control;

/** A service that owns objects of the control plane. */
enum Service {
  TENANTS("tenant-service"),
  KEYS("key-service");

  private final String title;

  Service(String title) {
    this.title = title;
  }

  @Override
  public String toString() {
    return title;
  }
}
