package dev.gatehouse.cli.explain;

/** A header of a request, as {@code curl -H} takes it. */
public record RequestHeader(String name, String value) {

  public static RequestHeader parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("a header is 'NAME: VALUE'");
    }
    return new RequestHeader(text.substring(0, colon).strip(), text.substring(colon + 1).strip());
  }
}
