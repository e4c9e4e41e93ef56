package dev.gatehouse.docs;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A key of the configuration.
 *
 * @param name as in a file of properties; what users choose stands in angle brackets
 * @param environment the variable that sets it too
 * @param type what may stand there
 * @param value the default, as it would be written; a dash for none, or {@code required}
 * @param effect what it does, as one line of Markdown
 */
record Key(String name, String environment, String type, String value, String effect) {

  static final String NONE = "–";
  static final String REQUIRED = "required";

  private static final Pattern OTHERS = Pattern.compile("[^A-Za-z0-9<>]");

  /** By the rule of MicroProfile Config: whatever is no letter and no digit becomes a line. */
  static String environment(String name) {
    return OTHERS.matcher(name).replaceAll("_").toUpperCase(Locale.ROOT);
  }

  /** Its row of a table. */
  String row() {
    return "| `"
        + name
        + "`<br>`"
        + environment
        + "` | "
        + type
        + " | "
        + (value.equals(NONE) || value.equals(REQUIRED) ? value : "`" + value + "`")
        + " | "
        + effect.replace("|", "\\|")
        + " |";
  }
}
