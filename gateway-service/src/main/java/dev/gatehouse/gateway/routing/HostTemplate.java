package dev.gatehouse.gateway.routing;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;

/** How the host of a tenant's api is made (design §5.1). */
public enum HostTemplate {
  /** One wildcard certificate and one wildcard record serve all tenants. */
  DASHED("{api}-{tenant}.{domain}"),
  /** The form of Opstrace. */
  API_FIRST("{api}.{tenant}.{domain}"),
  TENANT_FIRST("{tenant}.{api}.{domain}");

  private final String text;

  HostTemplate(String text) {
    this.text = text;
  }

  /** Parses the text form, as in {@code gatehouse.host-template}. */
  public static HostTemplate parse(String text) {
    for (HostTemplate template : values()) {
      if (template.text.equals(text)) {
        return template;
      }
    }
    throw new Invalid(
        ErrorCode.FIELD_INVALID,
        "A host template is one of " + DASHED + ", " + API_FIRST + " and " + TENANT_FIRST);
  }

  @Override
  public String toString() {
    return text;
  }
}
