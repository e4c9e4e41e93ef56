package dev.gatehouse.gateway.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The patterns of a catalog by segment. The most specific pattern decides: at each segment literal
 * text comes before text with a {@code *}, that before a variable, and {@code /**} last. It is
 * built once and only read afterwards.
 */
final class PathTree {

  private record Branch(String start, PathTree tree) {}

  private final Map<String, PathTree> literals = new HashMap<>();
  private final List<Branch> starts = new ArrayList<>();
  private @Nullable PathTree variable;
  private @Nullable PathTree slashed;
  private @Nullable Methods here;
  private @Nullable Methods below;

  /** The methods of a pattern, none yet if it is new. */
  Methods methodsOf(PathPattern pattern, String prefix) {
    PathTree tree = this;
    if (!prefix.isEmpty()) {
      for (String segment : prefix.substring(1).split("/", -1)) {
        tree = tree.literal(segment);
      }
    }
    for (PathPattern.Segment segment : pattern.segments()) {
      tree = tree.child(segment);
    }
    return pattern.below() ? tree.belowOrNew() : tree.hereOrNew();
  }

  /**
   * @param segments decoded; one that holds a slash was sent with an encoded one
   * @param depth how many of them are matched already
   */
  @Nullable Methods find(List<String> segments, int depth) {
    if (depth == segments.size()) {
      return here != null ? here : below;
    }
    String segment = segments.get(depth);
    Methods found = findIn(literals.get(segment), segments, depth);
    for (int i = 0; found == null && i < starts.size(); i++) {
      Branch branch = starts.get(i);
      if (segment.startsWith(branch.start()) && segment.indexOf('/') < 0) {
        found = findIn(branch.tree(), segments, depth);
      }
    }
    if (found == null && !segment.isEmpty()) {
      found = segment.indexOf('/') < 0 ? findIn(variable, segments, depth) : null;
      found = found == null ? findIn(slashed, segments, depth) : found;
    }
    return found == null && below != null && !holdsSlash(segments, depth) ? below : found;
  }

  /** Whether a segment from {@code from} on was sent with an encoded slash. */
  static boolean holdsSlash(List<String> segments, int from) {
    for (int i = from; i < segments.size(); i++) {
      if (segments.get(i).indexOf('/') >= 0) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Methods findIn(
      @Nullable PathTree child, List<String> segments, int depth) {
    return child == null ? null : child.find(segments, depth + 1);
  }

  private PathTree child(PathPattern.Segment segment) {
    if (segment instanceof PathPattern.Segment.Literal literal) {
      return literal(literal.text());
    }
    if (segment instanceof PathPattern.Segment.Start start) {
      return start(start.text());
    }
    boolean takesSlash = ((PathPattern.Segment.Variable) segment).encodedSlash();
    return takesSlash ? slashedOrNew() : variableOrNew();
  }

  private PathTree literal(String text) {
    return literals.computeIfAbsent(text, t -> new PathTree());
  }

  /** Longer starts come first, so that the most specific one decides. */
  private PathTree start(String text) {
    for (Branch branch : starts) {
      if (branch.start().equals(text)) {
        return branch.tree();
      }
    }
    Branch added = new Branch(text, new PathTree());
    starts.add(added);
    starts.sort((a, b) -> Integer.compare(b.start().length(), a.start().length()));
    return added.tree();
  }

  private PathTree variableOrNew() {
    if (variable == null) {
      variable = new PathTree();
    }
    return variable;
  }

  private PathTree slashedOrNew() {
    if (slashed == null) {
      slashed = new PathTree();
    }
    return slashed;
  }

  private Methods hereOrNew() {
    if (here == null) {
      here = new Methods();
    }
    return here;
  }

  private Methods belowOrNew() {
    if (below == null) {
      below = new Methods();
    }
    return below;
  }
}
