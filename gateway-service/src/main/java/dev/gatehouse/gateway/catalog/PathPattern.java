package dev.gatehouse.gateway.catalog;

import java.util.ArrayList;
import java.util.List;

/**
 * A path of a catalog. Its segments are literal text, literal text with a {@code *} at its end,
 * {@code {variable}} (one segment that is not empty) or {@code {variable:encoded-slash}} (one
 * segment in which {@code %2F} may stand). A final {@code /**} means the path before it and
 * everything below. {@value #PREFIX} at the start stands for the api's prefix.
 *
 * @param shape the same for two patterns that match the same paths
 */
record PathPattern(
    String text, String shape, boolean underPrefix, List<Segment> segments, boolean below) {

  static final String PREFIX = "$prometheus-prefix";

  private static final String EVERYTHING_BELOW = "**";
  private static final String ENCODED_SLASH = ":encoded-slash";

  PathPattern {
    segments = List.copyOf(segments);
  }

  sealed interface Segment {
    record Literal(String text) implements Segment {}

    record Start(String text) implements Segment {}

    record Variable(boolean encodedSlash) implements Segment {}
  }

  static PathPattern parse(String pattern, Position at) {
    boolean underPrefix = pattern.startsWith(PREFIX);
    String path = underPrefix ? pattern.substring(PREFIX.length()) : pattern;
    if (!path.startsWith("/")) {
      throw at.refuse(
          "the path '" + pattern + "' does not start with /; write it like /api/v1/query");
    }
    List<Segment> segments = new ArrayList<>();
    StringBuilder shape = new StringBuilder(underPrefix ? PREFIX : "");
    boolean below = false;
    for (String segment : path.substring(1).split("/", -1)) {
      if (below) {
        throw at.refuse("in '" + pattern + "', /** is not at the end; move it there");
      }
      if (segment.equals(EVERYTHING_BELOW)) {
        below = true;
      } else {
        segments.add(parseSegment(segment, pattern, at));
      }
      shape.append('/').append(shapeOf(segment));
    }
    refuseEmptySegments(segments, below, pattern, at);
    return new PathPattern(path, shape.toString(), underPrefix, segments, below);
  }

  private static Segment parseSegment(String segment, String pattern, Position at) {
    if (segment.startsWith("{") && segment.endsWith("}")) {
      String name = segment.substring(1, segment.length() - 1);
      boolean encodedSlash = name.endsWith(ENCODED_SLASH);
      if (encodedSlash) {
        name = name.substring(0, name.length() - ENCODED_SLASH.length());
      }
      if (!isName(name)) {
        throw at.refuse(
            "in '"
                + pattern
                + "', "
                + segment
                + " is no variable; write {name} or {name"
                + ENCODED_SLASH
                + "} with a name of a-z, 0-9 and -");
      }
      return new Segment.Variable(encodedSlash);
    }
    boolean open = segment.endsWith("*");
    String literal = open ? segment.substring(0, segment.length() - 1) : segment;
    for (int i = 0; i < literal.length(); i++) {
      if (!isLiteral(literal.charAt(i))) {
        throw at.refuse(
            "in '"
                + pattern
                + "', '"
                + segment
                + "' holds '"
                + literal.charAt(i)
                + "'; a segment is 0-9, A-Z, a-z and -._~:@, or a whole {variable}, and may end in"
                + " one *");
      }
    }
    if (literal.equals(".") || literal.equals("..")) {
      throw at.refuse(
          "in '" + pattern + "', the segment " + literal + " can never match; leave it out");
    }
    return open ? new Segment.Start(literal) : new Segment.Literal(literal);
  }

  private static void refuseEmptySegments(
      List<Segment> segments, boolean below, String pattern, Position at) {
    int mayBeEmpty = below ? segments.size() : segments.size() - 1;
    for (int i = 0; i < mayBeEmpty; i++) {
      if (segments.get(i) instanceof Segment.Literal literal && literal.text().isEmpty()) {
        throw at.refuse("'" + pattern + "' holds //, which no request may; write a single /");
      }
    }
  }

  private static String shapeOf(String segment) {
    if (!segment.startsWith("{")) {
      return segment;
    }
    return segment.endsWith(ENCODED_SLASH + "}") ? "{/}" : "{}";
  }

  private static boolean isName(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static boolean isLiteral(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._~:@".indexOf(c) >= 0;
  }
}
