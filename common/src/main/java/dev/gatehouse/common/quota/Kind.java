package dev.gatehouse.common.quota;

import java.util.Locale;

/** What is counted per top-level tenant. */
public enum Kind {
  /** Tenants nested in it. */
  TENANTS,
  /** Trust anchors of it and of those nested in it. */
  KEYS,
  /** Issuers registered by API, of it and of those nested in it. */
  ISSUERS,
  /** Revocations of it and of those nested in it. */
  REVOCATIONS;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
