package dev.gatehouse.cli.api;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code --wait} for the receipt of a write (design §6). */
public final class WaitOption {

  private static final WaitTime DEFAULT = new WaitTime(Duration.ofSeconds(10));

  @Option(
      names = "--wait",
      arity = "0..1",
      paramLabel = "TIME",
      preprocessor = OnlyAttached.class,
      description =
          "Wait until every gateway applies the change, for 10s or the given time, at most 60s."
              + " Exit with 3 and name the missing ones if that is not long enough.")
  private @Nullable WaitTime time;

  Optional<WaitTime> time() {
    return Optional.ofNullable(time);
  }

  /** Takes a value only in the form {@code --wait=10s}: what follows a blank is not its own. */
  static final class OnlyAttached implements IParameterPreprocessor {

    @Override
    public boolean preprocess(
        Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
      if ("=".equals(info.get("separator"))) {
        return false;
      }
      option.setValue(DEFAULT);
      return true;
    }
  }
}
