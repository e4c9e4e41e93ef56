package dev.gatehouse.key;

import static dev.gatehouse.common.testing.TestCalls.asOperator;

import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.FeedJson;
import dev.gatehouse.common.feed.FeedPage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads the feed as a gateway does, but never counts as one. */
public final class FeedReader {

  private FeedReader() {}

  public static FeedPage page() {
    String json =
        asOperator()
            .queryParam("watcher", "test-" + UUID.randomUUID())
            .queryParam("kind", "test")
            .queryParam("wait", "0s")
            .get("/internal/v1/changes")
            .then()
            .statusCode(200)
            .extract()
            .asString();
    return FeedJson.read(json, FeedPage.class);
  }

  public static long head() {
    return page().head();
  }

  public static Change at(long revision) {
    return page().changes().stream()
        .filter(change -> change.revision() == revision)
        .findFirst()
        .orElseThrow();
  }

  /** What there is of a kind after all changes. */
  public static <T> List<T> state(String kind, Class<T> type) {
    Map<UUID, Change> last = new LinkedHashMap<>();
    page().changes().stream()
        .filter(change -> change.kind().equals(kind))
        .forEach(change -> last.put(change.id(), change));
    return last.values().stream()
        .flatMap(change -> change.content().stream())
        .map(content -> FeedJson.read(content, type))
        .toList();
  }
}
