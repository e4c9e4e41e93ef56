package dev.gatehouse.key.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.common.feed.server.Draft;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Objects of one kind as they are exported and imported. Everything here runs in the session, or
 * transaction, of its caller.
 */
public interface RegistryPart {

  /** What stands in {@code kind}; parts are exported and imported in the order of their kinds. */
  String kind();

  /**
   * Some objects, in the order of their ids.
   *
   * @param after the id of the last one before; empty: from the beginning
   * @param limit the most
   */
  Uni<List<Exported>> export(Optional<String> after, int limit);

  /**
   * Stores what is not there yet. Fails with {@code import_conflict}, naming the entry, when one is
   * there in another form.
   *
   * @param entries of this kind
   */
  Uni<Stored> store(List<JsonNode> entries);

  /**
   * An object as an entry.
   *
   * @param id that the next page begins after
   * @param entry a record that is written as JSON, its {@code kind} first
   */
  record Exported(String id, Object entry) {}

  /**
   * What an import has come to.
   *
   * @param resources of those that were not there before
   * @param changes what the gateways are told, with the place for the revision of each
   */
  record Stored(List<String> resources, List<Numbered> changes) {

    public Stored {
      resources = List.copyOf(resources);
      changes = List.copyOf(changes);
    }
  }

  /** A change, and the object that it gives its revision to. */
  record Numbered(Draft draft, LongConsumer revision) {}
}
