package dev.gatehouse.common.name;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import java.util.regex.Pattern;

/** The name of a deployment: 2 to 23 characters of {@code [a-z0-9-]}. */
public record Instance(String value) {

  private static final Pattern LEGAL = Pattern.compile("[a-z0-9-]{2,23}");

  public Instance {
    if (!LEGAL.matcher(value).matches()) {
      throw new Invalid(
          ErrorCode.INSTANCE_INVALID, "An instance has 2 to 23 characters of a-z, 0-9 and -");
    }
  }

  /** The audience of tenant API tokens for this instance. */
  public String audience() {
    return "gatehouse-" + value;
  }

  /** The audience that an Opstrace CLI writes for an instance of this name. */
  public String opstraceAudience() {
    return "opstrace-cluster-" + value;
  }

  @Override
  public String toString() {
    return value;
  }
}
