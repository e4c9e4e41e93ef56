package dev.gatehouse.gateway.control;

import dev.gatehouse.common.page.PageRequest;
import dev.gatehouse.gateway.proxy.RawBackend;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A service's audit log, paged as services page. */
final class FakeAudit implements RawBackend.Script {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final String service;
  private final List<JsonObject> entries = new ArrayList<>();

  FakeAudit(String service, int... seconds) {
    this.service = service;
    for (int second : seconds) {
      entries.add(
          new JsonObject()
              .put("service", service)
              .put("sequence", entries.size() + 1)
              .put("at", START.plusSeconds(second).toString()));
    }
  }

  @Override
  public void answer(RawBackend.Received request, Socket socket) throws IOException {
    request.readBody();
    Map<String, String> query = query(request.line());
    RawBackend.send(socket, ControlScene.json(200, page(query).encode()));
  }

  static Map<String, String> query(String line) {
    Map<String, String> query = new HashMap<>();
    String target = line.split(" ", -1)[1];
    int question = target.indexOf('?');
    for (String pair :
        question < 0 ? new String[0] : target.substring(question + 1).split("&", -1)) {
      int equals = pair.indexOf('=');
      query.put(
          pair.substring(0, equals),
          URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return query;
  }

  private JsonObject page(Map<String, String> query) {
    PageRequest page = PageRequest.parse(query.get("limit"), query.get("cursor"));
    boolean ascending = "asc".equals(query.get("order"));
    List<JsonObject> found = new ArrayList<>();
    for (JsonObject entry : entries) {
      long sequence = entry.getLong("sequence");
      long after = page.after().map(Long::parseLong).orElse(ascending ? 0 : Long.MAX_VALUE);
      if (ascending ? sequence > after : sequence < after) {
        found.add(entry);
      }
    }
    if (!ascending) {
      Collections.reverse(found);
    }
    JsonObject answer =
        new JsonObject()
            .put("service", service)
            .put("entries", new JsonArray(found.stream().limit(page.limit()).toList()));
    return found.size() > page.limit() ? answer.put("next", "opaque") : answer;
  }
}
