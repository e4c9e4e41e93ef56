package dev.gatehouse.gateway.catalog;

/** Where something stands in a catalog file; lines are counted from 1. */
record Position(String file, int line) {

  InvalidCatalog refuse(String sentence) {
    return new InvalidCatalog(this, sentence);
  }

  @Override
  public String toString() {
    return file + ":" + line;
  }
}
