package dev.gatehouse.bench;

import com.fasterxml.jackson.databind.JsonNode;

/** From where a follower asks on. */
final class Position {

  private Position() {}

  /** The parameters that acknowledge a page. */
  static String after(JsonNode page) {
    return "since="
        + page.path("revision").asLong()
        + "&epoch="
        + page.path("epoch").asText()
        + "&hash="
        + page.path("hash").asText();
  }
}
