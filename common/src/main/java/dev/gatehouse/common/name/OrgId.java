package dev.gatehouse.common.name;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;

/**
 * The organisation id that backends know a tenant by: 1 to {@value #MAX_BYTES} bytes of {@code
 * [0-9A-Za-z!_.*'()-]}, the set that Cortex, Mimir and Loki accept, and none of their reserved
 * values.
 */
public record OrgId(@JsonValue String value) {

  public static final int MAX_BYTES = 150;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public OrgId {
    if (value.isEmpty() || value.length() > MAX_BYTES) {
      throw invalid("An organisation id has 1 to " + MAX_BYTES + " bytes");
    }
    for (int i = 0; i < value.length(); i++) {
      if (!isLegal(value.charAt(i))) {
        throw invalid("An organisation id is made of 0-9, A-Z, a-z and !_.*'()-");
      }
    }
    if (value.equals(".") || value.equals("..") || value.equals("__mimir_cluster")) {
      throw invalid("This organisation id is reserved by the backends");
    }
  }

  /** The segments of the tenant's name joined by {@code .}; {@code _} for the default tenant. */
  public static OrgId of(TenantId tenant) {
    return new OrgId(tenant.value().replace(':', '.'));
  }

  @Override
  public String toString() {
    return value;
  }

  private static boolean isLegal(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "!_.*'()-".indexOf(c) >= 0;
  }

  private static Invalid invalid(String detail) {
    return new Invalid(ErrorCode.ORG_ID_INVALID, detail);
  }
}
