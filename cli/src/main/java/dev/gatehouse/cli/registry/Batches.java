package dev.gatehouse.cli.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gatehouse.cli.terminal.Json;

/** Gathers entries of one service as long as an instance takes them in one call. */
final class Batches implements RegistryFile.Reader {

  static final int MAX_ENTRIES = 500;

  /** An instance takes 1 MiB; characters outside ASCII have up to three octets each. */
  private static final int MAX_CHARACTERS = 300_000;

  /** Takes one batch, which is whole and never empty. */
  interface Sender {
    void send(RegistryKind.Service service, long firstLine, long lastLine, ArrayNode entries);
  }

  private final Sender sender;
  private ArrayNode entries = JsonNodeFactory.instance.arrayNode();
  private RegistryKind.Service service = RegistryKind.Service.TENANTS;
  private long lastLine;
  private int characters;

  Batches(Sender sender) {
    this.sender = sender;
  }

  @Override
  public void take(long line, RegistryKind kind, JsonNode entry) {
    int length = Json.compact(entry).length();
    if (kind.service() != service
        || entries.size() == MAX_ENTRIES
        || characters + length > MAX_CHARACTERS) {
      finish();
    }
    service = kind.service();
    entries.add(entry);
    lastLine = line;
    characters += length;
  }

  /** Sends what is still there. */
  void finish() {
    if (!entries.isEmpty()) {
      sender.send(service, lastLine - entries.size() + 1, lastLine, entries);
      entries = JsonNodeFactory.instance.arrayNode();
      characters = 0;
    }
  }
}
