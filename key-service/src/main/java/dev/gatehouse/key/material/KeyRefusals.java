package dev.gatehouse.key.material;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;

/** The sentences with which keys are refused. None of them quotes what was sent. */
final class KeyRefusals {

  private KeyRefusals() {}

  static Invalid invalid(String detail) {
    return new Invalid(ErrorCode.KEY_INVALID, detail);
  }

  static Invalid privateKey() {
    return new Invalid(
        ErrorCode.PRIVATE_KEY_REFUSED,
        "This holds private key material, which never leaves its owner; it was not stored. Send"
            + " only the public half: openssl pkey -in key.pem -pubout prints it, and gatehouse"
            + " ta-pubkeys-add sends nothing else.");
  }
}
