package dev.gatehouse.cli.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Writes audit logs as the services do: each entry holds the hash of the one before it. */
final class Chained {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Map<String, String> heads = new HashMap<>();
  private final Map<String, Integer> sequences = new HashMap<>();
  private final List<String> lines = new ArrayList<>();

  Chained entry(String service, String action) {
    int sequence = sequences.merge(service, 1, Integer::sum);
    String previous = heads.getOrDefault(service, "0".repeat(64));
    ObjectNode entry =
        MAPPER
            .createObjectNode()
            .put("service", service)
            .put("sequence", sequence)
            .put("at", "2026-01-01T00:00:%02d.000Z".formatted(sequence))
            .put("action", action)
            .put("resource", "/api/v1/tenants/é")
            .put("outcome", "done");
    entry.putObject("actor").put("tenant", "acme").put("username", "alice");
    String text = entry.toString();
    String hash = sha256(previous + "\n" + sequence + "\n" + text);
    entry.put("previous", previous).put("hash", hash).put("content", text);
    heads.put(service, hash);
    lines.add(entry.toString());
    return this;
  }

  String line(int index) {
    return lines.get(index);
  }

  String head(String service) {
    return String.valueOf(heads.get(service));
  }

  String jsonLines() {
    return String.join("\n", lines) + "\n";
  }

  /** A page of the API. */
  String page(int from, int to, String next) {
    return "{\"entries\":[%s]%s}"
        .formatted(
            String.join(",", lines.subList(from, to)),
            next.isEmpty() ? "" : ",\"next\":\"" + next + "\"");
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
