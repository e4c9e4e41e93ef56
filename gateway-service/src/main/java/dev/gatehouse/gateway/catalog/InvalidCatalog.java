package dev.gatehouse.gateway.catalog;

/**
 * A catalog file that cannot be used. The message names file and line, and what to write instead.
 */
public final class InvalidCatalog extends RuntimeException {

  private static final long serialVersionUID = 1;

  InvalidCatalog(Position at, String sentence) {
    super(at + ": " + sentence);
  }

  /** Where the whole file is wrong. */
  InvalidCatalog(String file, String sentence) {
    super(file + ": " + sentence);
  }
}
