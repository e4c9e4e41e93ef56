package dev.gatehouse.gateway.control;

import dev.gatehouse.common.error.Invalid;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The form of a path below {@code /api/v1}: words, and names of {@link Segment}s in braces. */
final class RoutePath {

  static final String ROOT = "/api/v1/";

  private final List<Part> parts;

  private record Part(String word, Optional<Segment> variable) {

    static Part of(String text) {
      return text.startsWith("{")
          ? new Part("", Optional.of(Segment.named(text.substring(1, text.length() - 1))))
          : new Part(text, Optional.empty());
    }

    boolean fits(String segment) {
      return variable.isPresent() || word.equals(segment);
    }
  }

  RoutePath(String form) {
    this.parts = Stream.of(form.split("/", -1)).map(Part::of).toList();
  }

  /** Whether the path is of this form, by its words and its length alone. */
  boolean fits(List<String> segments) {
    if (segments.size() != parts.size()) {
      return false;
    }
    for (int i = 0; i < parts.size(); i++) {
      if (!parts.get(i).fits(segments.get(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * The path made anew.
   *
   * @param segments the decoded segments of a path that fits this or one with as many variables
   * @throws Invalid when one of them cannot be what its place says
   */
  String rebuilt(List<String> segments) {
    StringBuilder path = new StringBuilder(ROOT);
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      String segment = segments.get(i);
      path.append(i == 0 ? "" : "/")
          .append(part.variable().map(it -> it.rewritten(segment)).orElse(part.word()));
    }
    return path.toString();
  }
}
