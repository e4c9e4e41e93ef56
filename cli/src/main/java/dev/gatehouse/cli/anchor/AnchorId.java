package dev.gatehouse.cli.anchor;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.name.KeyId;
import dev.gatehouse.common.name.OpstraceKeyId;

/** How a trusted key is named: by its thumbprint, or by its Opstrace id. */
public record AnchorId(String value) {

  public AnchorId {
    if (!KeyId.isThumbprint(value) && !OpstraceKeyId.isHexSha1(value)) {
      throw new Invalid(
          ErrorCode.KEY_ID_INVALID,
          "a key id has %d characters of base64url, or %d of lower-case hex if it is an Opstrace id"
              .formatted(KeyId.LENGTH, OpstraceKeyId.LENGTH));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
