package dev.gatehouse.cli.key;

/** A key cannot be used; the message continues a sentence that begins with the file's name. */
final class MalformedKeyException extends RuntimeException {

  private static final long serialVersionUID = 1;

  MalformedKeyException(String message) {
    super(message);
  }
}
