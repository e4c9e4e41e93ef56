package dev.gatehouse.key.anchor;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.common.feed.FeedJson;
import dev.gatehouse.common.name.KeyId;
import dev.gatehouse.common.name.OpstraceKeyId;
import dev.gatehouse.key.body.Fields;
import dev.gatehouse.key.transfer.ImportConflicts;
import dev.gatehouse.key.transfer.RegistryPart;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which key an Opstrace id belongs to; those of removed keys stay taken on another instance. */
@ApplicationScoped
class OpstraceIdPart implements RegistryPart {

  private static final String KIND = "opstrace-id";

  private static final String PAGE =
      """
      SELECT opstrace_id, key_id FROM opstrace_id
      WHERE opstrace_id > :after ORDER BY opstrace_id LIMIT :limit
      """;

  private static final String THERE =
      "SELECT opstrace_id, key_id FROM opstrace_id WHERE opstrace_id IN (:ids)";

  private static final String STORE =
      """
      INSERT INTO opstrace_id (opstrace_id, key_id)
      SELECT opstrace_id, key_id
      FROM json_to_recordset(CAST(CAST(:ids AS text) AS json)) AS i (opstrace_id text, key_id text)
      ORDER BY opstrace_id
      """;

  record Entry(String kind, String opstraceId, String keyId) {}

  private record Row(
      @JsonProperty("opstrace_id") String opstraceId, @JsonProperty("key_id") String keyId) {}

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Uni<List<Exported>> export(Optional<String> after, int limit) {
    return Panache.getSession()
        .flatMap(
            session ->
                session
                    .createNativeQuery(PAGE, Tuple.class)
                    .setParameter("after", after.orElse(""))
                    .setParameter("limit", limit)
                    .getResultList())
        .map(rows -> rows.stream().map(OpstraceIdPart::exported).toList());
  }

  @Override
  public Uni<Stored> store(List<JsonNode> entries) {
    Map<String, String> wanted = new LinkedHashMap<>();
    entries.forEach(entry -> read(entry, wanted));
    return there(wanted)
        .map(there -> additions(wanted, there))
        .call(added -> added.isEmpty() ? Uni.createFrom().voidItem() : insert(added))
        .map(added -> new Stored(added.stream().map(Row::opstraceId).toList(), List.of()));
  }

  private static void read(JsonNode entry, Map<String, String> wanted) {
    Fields fields = Fields.of(entry, "an opstrace-id", List.of("kind", "opstraceId", "keyId"));
    String id = new OpstraceKeyId(fields.text("opstraceId").orElse("")).value();
    String key = new KeyId(fields.text("keyId").orElse("")).value();
    String same = wanted.putIfAbsent(id, key);
    if (same != null && !same.equals(key)) {
      throw conflict(id);
    }
  }

  private static Uni<Map<String, String>> there(Map<String, String> wanted) {
    return Panache.getSession()
        .flatMap(
            session ->
                session
                    .createNativeQuery(THERE, Tuple.class)
                    .setParameter("ids", wanted.keySet())
                    .getResultList())
        .map(
            rows -> {
              Map<String, String> there = new HashMap<>();
              rows.forEach(row -> there.put(row.get(0, String.class), row.get(1, String.class)));
              return there;
            });
  }

  private static List<Row> additions(Map<String, String> wanted, Map<String, String> there) {
    wanted.forEach(
        (id, key) -> {
          if (there.containsKey(id) && !key.equals(there.get(id))) {
            throw conflict(id);
          }
        });
    return wanted.entrySet().stream()
        .filter(entry -> !there.containsKey(entry.getKey()))
        .map(entry -> new Row(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Uni<Integer> insert(List<Row> added) {
    return Panache.getSession()
        .flatMap(
            session ->
                session
                    .createNativeQuery(STORE)
                    .setParameter("ids", FeedJson.write(added))
                    .executeUpdate());
  }

  private static Exported exported(Tuple row) {
    String id = row.get(0, String.class);
    return new Exported(id, new Entry(KIND, id, row.get(1, String.class)));
  }

  private static RuntimeException conflict(String id) {
    return ImportConflicts.of(KIND, id, "belongs to another key");
  }
}
