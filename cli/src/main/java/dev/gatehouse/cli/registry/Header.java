package dev.gatehouse.cli.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.cli.terminal.Json;

/** The first line of an exported registry. */
final class Header {

  private static final String FORMAT = "gatehouse-registry";
  private static final int VERSION = 1;

  private Header() {}

  static JsonNode of(String instance) {
    return Json.object().put("format", FORMAT).put("version", VERSION).put("instance", instance);
  }

  static boolean isHeader(JsonNode line) {
    return line.path("format").asText().equals(FORMAT);
  }

  static boolean isOfThisVersion(JsonNode line) {
    return line.path("version").isInt() && line.path("version").asInt() == VERSION;
  }
}
