package dev.gatehouse.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.gatehouse.cli.terminal.Json;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A JSON merge patch (RFC 7396) made of options: what is named is set, {@code --no-…} removes. */
public final class MergePatch {

  private final CommandSpec command;
  private final ObjectNode patch = Json.object();

  public MergePatch(CommandSpec command) {
    this.command = command;
  }

  public MergePatch text(String field, String option, Optional<String> value, boolean removed) {
    return set(field, option, value.map(TextNode::new), removed);
  }

  public MergePatch set(
      String field, String option, Optional<? extends JsonNode> value, boolean removed) {
    if (value.isPresent() && removed) {
      throw new ParameterException(
          command.commandLine(), "--%s and --no-%s exclude each other.".formatted(option, option));
    }
    value.ifPresent(json -> patch.set(field, json));
    if (removed) {
      patch.putNull(field);
    }
    return this;
  }

  /** What is to be sent; a command that changes nothing is wrong usage. */
  public JsonNode body() {
    if (patch.isEmpty()) {
      throw new ParameterException(
          command.commandLine(), "There is nothing to change: pass what is to be set or removed.");
    }
    return patch;
  }
}
