package dev.gatehouse.helm.monitoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A metric that an expression of PromQL names, and what it says of its labels. Read without a
 * grammar: that the expression is one is for promtool to say.
 *
 * @param job the pattern that the label job has to match; empty: none
 * @param labels that are matched
 */
record Selector(String metric, String job, Set<String> labels) {

  /** Operators, and the aggregations, whose arguments may come after a list of labels. */
  private static final Set<String> WORDS =
      Set.of(
          "and",
          "or",
          "unless",
          "bool",
          "offset",
          "inf",
          "nan",
          "start",
          "end",
          "sum",
          "min",
          "max",
          "avg",
          "count",
          "topk",
          "bottomk",
          "quantile",
          "group",
          "stddev");

  /** What keeps or drops labels, with a list of them. */
  private static final Set<String> LISTS =
      Set.of("by", "without", "on", "ignoring", "group_left", "group_right");

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<string>\"(?:[^\"\\\\]|\\\\.)*\")|(?<range>\\[[^]]*])|(?<number>[0-9][0-9a-z.]*)"
              + "|(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(?<next>[({]?)");

  private static final Pattern MATCHER =
      Pattern.compile("([a-zA-Z_]+)\\s*(=~|!~|!=|=)\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

  Selector {
    labels = Set.copyOf(labels);
  }

  /** All that the expression names. */
  static List<Selector> of(String expression) {
    List<Selector> found = new ArrayList<>();
    Matcher token = TOKEN.matcher(expression);
    int at = 0;
    while (token.find(at)) {
      at = token.end();
      String name = token.group("name");
      if (name == null || WORDS.contains(name)) {
        continue;
      }
      boolean list = LISTS.contains(name);
      if (list && "(".equals(token.group("next"))) {
        at = expression.indexOf(')', at) + 1;
      } else if ("{".equals(token.group("next"))) {
        int end = closing(expression, at);
        found.add(of(name, expression.substring(at, end)));
        at = end + 1;
      } else if (!list && !"(".equals(token.group("next"))) {
        found.add(new Selector(name, "", Set.of()));
      }
    }
    return found;
  }

  /** Labels by which the expression puts series together, or joins them. */
  static Set<String> groupings(String expression) {
    Set<String> labels = new TreeSet<>();
    Matcher lists =
        Pattern.compile("\\b(?:by|on|ignoring|without)\\s*\\(([^)]*)\\)").matcher(expression);
    while (lists.find()) {
      for (String label : lists.group(1).split(",", -1)) {
        if (!label.isBlank()) {
          labels.add(label.strip());
        }
      }
    }
    return labels;
  }

  private static Selector of(String metric, String matchers) {
    Set<String> labels = new TreeSet<>();
    String job = "";
    Matcher matcher = MATCHER.matcher(matchers);
    while (matcher.find()) {
      labels.add(matcher.group(1));
      if (matcher.group(1).equals("job") && matcher.group(2).startsWith("=")) {
        job = matcher.group(3);
      }
    }
    return new Selector(metric, job, labels);
  }

  private static int closing(String expression, int from) {
    boolean quoted = false;
    for (int i = from; i < expression.length(); i++) {
      char c = expression.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == '}' && !quoted) {
        return i;
      }
    }
    throw new IllegalArgumentException("No closing brace: " + expression);
  }
}
