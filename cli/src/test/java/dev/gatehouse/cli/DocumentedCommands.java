package dev.gatehouse.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The calls of the command that a document shows. */
final class DocumentedCommands {

  private static final Pattern BLOCK =
      Pattern.compile("(?ms)^ *```(?:sh|bash|console)?\n(.*?)^ *```$");
  private static final Pattern CALL =
      Pattern.compile(
          "(?:^|[|;(]|&&|\\bdo )\\s*(?:\\$ )?(?:[a-z./]*cli/)?gatehouse ((?:[^|;&\"']|\"[^\"]*\"|'[^']*')*)");
  private static final Pattern INLINE = Pattern.compile("`(?:cli/)?gatehouse ([a-z][^`]*)`");
  private static final Pattern EXAMPLE = Pattern.compile("(?m)\\| `([^`]+)` \\|$");
  private static final Pattern WORD =
      Pattern.compile("\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|\\$\\([^)]*\\)|[^\\s\"'])+)");
  private static final Pattern END = Pattern.compile("[0-9]?[<>|;&)].*");

  /** What stands for a value that the reader has. */
  private static final String KEY_ID = "b5c2bd8b1ae3ee4d0e9ba4ab4f4f7a8a2f9c3d11";

  private DocumentedCommands() {}

  /** The arguments of each call in a block of shell, comments and redirections left out. */
  static List<List<String>> inBlocks(String document) {
    List<List<String>> calls = new ArrayList<>();
    for (Matcher block = BLOCK.matcher(document); block.find(); ) {
      block
          .group(1)
          .replace("\\\n", " ")
          .lines()
          .forEach(
              line -> {
                for (Matcher call = CALL.matcher(line); call.find(); ) {
                  calls.add(arguments(call.group(1)));
                }
              });
    }
    return calls;
  }

  /** Those that a sentence names, perhaps without all of their arguments. */
  static List<List<String>> inSentences(String document) {
    String sentences = BLOCK.matcher(document).replaceAll("");
    return INLINE.matcher(sentences).results().map(call -> arguments(call.group(1))).toList();
  }

  /** The last column of the table of commands. */
  static List<List<String>> examples(String readme) {
    return EXAMPLE
        .matcher(readme)
        .results()
        .map(cell -> cell.group(1))
        .filter(call -> !call.startsWith("source"))
        .map(DocumentedCommands::arguments)
        .toList();
  }

  private static List<String> arguments(String call) {
    List<String> arguments = new ArrayList<>();
    for (Matcher word = WORD.matcher(call);
        word.lookingAt();
        word.region(word.end(), call.length())) {
      String text = word.group(1);
      if (text.startsWith("#") || END.matcher(text).matches()) {
        break;
      }
      arguments.add(sample(text.replaceAll("^(['\"])(.*)\\1$", "$2")));
    }
    return arguments;
  }

  /** Placeholders and variables stand for something that is right. */
  private static String sample(String argument) {
    return argument.replace("KEY_ID", KEY_ID).replaceAll("^(TENANT|ISSUER|\\$[a-z]+)$", "acme");
  }
}
