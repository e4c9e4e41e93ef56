package dev.gatehouse.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A document, and what it names that others have to have. */
final class Document {

  private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```$");
  private static final Pattern LINK = Pattern.compile("(?<!!)\\[[^\\]]*]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern QUOTED = Pattern.compile("`([^`\n]+)`");
  private static final Pattern PLACE =
      Pattern.compile("(?:\\.ci|cli|common|deploy|docs|[a-z]+-service)/[A-Za-z0-9./_-]+");
  private static final Pattern KEY =
      Pattern.compile("(?<![\\w/.$-])gatehouse(?:\\.(?:<?[a-z0-9][a-z0-9_-]*>?|\\*))+");
  private static final Pattern REFUSAL = Pattern.compile("[45][0-9][0-9]s? `([a-z_]+)`");

  private final Path file;
  private final String text;

  Document(Path file, String text) {
    this.file = file;
    this.text = text;
  }

  static Document of(Path file) {
    return new Document(file, Repository.read(file));
  }

  /** Where links within the repository lead, with what is behind a #. */
  List<String> links() {
    return found(LINK, CODE.matcher(text).replaceAll(""))
        .filter(link -> !link.matches("[a-z]+:.*"))
        .toList();
  }

  /** The file that a link leads to. */
  Path target(String link) {
    String path = link.replaceAll("#.*", "");
    return path.isEmpty() ? file : file.resolveSibling(path).normalize();
  }

  /** What links may name behind a #, as GitHub makes it of the headings. */
  Set<String> anchors() {
    Set<String> anchors = new TreeSet<>();
    found(HEADING, CODE.matcher(text).replaceAll(""))
        .map(heading -> heading.replaceAll("\\[([^\\]]*)]\\([^)]*\\)", "$1"))
        .map(heading -> heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", ""))
        .forEach(heading -> anchors.add(heading.replace(' ', '-')));
    return anchors;
  }

  /** Files of the repository that it names by their paths. */
  List<String> places() {
    List<String> places = new ArrayList<>();
    found(QUOTED, text)
        .map(code -> code.split(" ", -1)[0])
        .filter(word -> PLACE.matcher(word).matches())
        .forEach(places::add);
    return places;
  }

  /** Keys of the configuration, in sentences and in examples. */
  List<String> keys() {
    return KEY.matcher(text).results().map(found -> found.group()).toList();
  }

  /** Codes that stand behind their status. */
  List<String> refusals() {
    return found(REFUSAL, text).toList();
  }

  private static Stream<String> found(Pattern pattern, String in) {
    return pattern.matcher(in).results().map(found -> found.group(1));
  }

  @Override
  public String toString() {
    return Repository.ROOT.relativize(file.toAbsolutePath()).toString();
  }
}
