package dev.gatehouse.cli.registry;

import java.util.Arrays;
import java.util.Optional;

/** A kind of entry, and the service that keeps it. The services come in this order. */
enum RegistryKind {
  TENANT("tenant", Service.TENANTS),
  FORMER_NAME("former-name", Service.TENANTS),
  FORMER_ORG_ID("former-org-id", Service.TENANTS),
  KEY("key", Service.KEYS),
  OPSTRACE_ID("opstrace-id", Service.KEYS),
  ISSUER("issuer", Service.KEYS),
  REVOCATION("revocation", Service.KEYS);

  /** Keys belong to tenants, so tenants go first. */
  enum Service {
    TENANTS("tenants"),
    KEYS("keys");

    private final String path;

    Service(String path) {
      this.path = path;
    }

    /** Below {@code /api/v1/registry}. */
    String path() {
      return path;
    }
  }

  private final String text;
  private final Service service;

  RegistryKind(String text, Service service) {
    this.text = text;
    this.service = service;
  }

  static Optional<RegistryKind> of(String text) {
    return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
  }

  Service service() {
    return service;
  }

  @Override
  public String toString() {
    return text;
  }
}
