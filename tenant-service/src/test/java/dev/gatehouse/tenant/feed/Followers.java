package dev.gatehouse.tenant.feed;

import static dev.gatehouse.common.testing.TestCalls.asOperator;

import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.FeedJson;
import dev.gatehouse.common.feed.FeedPage;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Plays a gateway that follows the feed. */
final class Followers {

  private Followers() {}

  static String newId() {
    return UUID.randomUUID().toString();
  }

  static Response ask(String watcher, @Nullable FeedPage standing, String more) {
    String position =
        standing == null
            ? "since=0"
            : "since="
                + standing.revision()
                + "&epoch="
                + standing.epoch()
                + "&hash="
                + standing.hash().value();
    return asOperator().get("/internal/v1/changes?watcher=" + watcher + "&" + position + more);
  }

  static FeedPage page(Response response) {
    response.then().statusCode(200);
    return FeedJson.read(response.asString(), FeedPage.class);
  }

  /** Follows from the beginning to the head; the last page's changes are all changes. */
  static FeedPage catchUp(String watcher, String more) {
    FeedPage page = page(ask(watcher, null, "&wait=0s" + more));
    List<Change> all = new ArrayList<>(page.changes());
    while (page.revision() < page.head()) {
      page = page(ask(watcher, page, "&wait=0s" + more));
      all.addAll(page.changes());
    }
    return new FeedPage(
        page.epoch(), page.reset(), 0, page.revision(), page.hash(), page.head(), all);
  }

  /** Says that everything up to the page is applied. */
  static void acknowledge(String watcher, FeedPage page, String more) {
    ask(watcher, page, "&wait=0s" + more).then().statusCode(200);
  }

  static void goodbye(String watcher) {
    asOperator().delete("/internal/v1/watchers/" + watcher).then().statusCode(204);
  }

  static Response register(String name) {
    return register(name, "");
  }

  static Response register(String name, String query) {
    return asOperator().body("{\"name\":\"" + name + "\"}").post("/api/v1/tenants" + query);
  }
}
