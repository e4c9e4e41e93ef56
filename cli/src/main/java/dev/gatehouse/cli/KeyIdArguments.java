package dev.gatehouse.cli;

import dev.gatehouse.common.name.KeyId;
import java.util.ArrayList;
import java.util.List;

/**
 * One thumbprint in 64 begins with a hyphen, and would be read as an option. No option looks like
 * it, so it is moved to the end, behind the {@code --} after which there are no options.
 */
final class KeyIdArguments {

  private static final String END_OF_OPTIONS = "--";

  private KeyIdArguments() {}

  static String[] behindTheOptions(List<String> arguments) {
    List<String> ordered = new ArrayList<>();
    List<String> keyIds = new ArrayList<>();
    for (String argument : arguments) {
      boolean keyId = argument.startsWith("-") && KeyId.isThumbprint(argument);
      (keyId && !arguments.contains(END_OF_OPTIONS) ? keyIds : ordered).add(argument);
    }
    if (!keyIds.isEmpty()) {
      ordered.add(END_OF_OPTIONS);
      ordered.addAll(keyIds);
    }
    return ordered.toArray(String[]::new);
  }
}
