package dev.gatehouse.cli.terminal;

import java.io.Console;
import java.util.Optional;

/** Somebody at the terminal who can be asked. */
public interface Person {

  /** What was typed without an echo; empty if nothing was. */
  String secret(String prompt);

  /** The line that was typed; empty if nothing was. */
  String answer(String question);

  /** Whoever sits in front of this process, if anybody does. */
  @SuppressWarnings("SystemConsoleNull")
  static Optional<Person> ofProcess() {
    Console console = System.console();
    return console == null || !isTerminal(console) ? Optional.empty() : Optional.of(at(console));
  }

  /** From JDK 22 on there is a console without a person too, and it can say so. */
  private static boolean isTerminal(Console console) {
    try {
      return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  private static Person at(Console console) {
    return new Person() {
      @Override
      public String secret(String prompt) {
        char[] typed = console.readPassword("%s: ", prompt);
        return typed == null ? "" : new String(typed);
      }

      @Override
      public String answer(String question) {
        String typed = console.readLine("%s ", question);
        return typed == null ? "" : typed;
      }
    };
  }
}
