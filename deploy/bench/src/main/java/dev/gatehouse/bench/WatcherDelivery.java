package dev.gatehouse.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.bench.Instance.Service;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** From the answer to a write until each of many long polls has it, on one replica. */
final class WatcherDelivery {

  private static final int WATCHERS = 1_000;
  private static final int CHANGES = 10;
  private static final double BOUND_MILLIS = 1_000;
  private static final long SETTLE_MILLIS = 2_000;

  private final Instance instance;

  WatcherDelivery(Instance instance) {
    this.instance = instance;
  }

  List<Row> run() throws Exception {
    Times times = new Times(WATCHERS * CHANGES);
    String from = head();
    for (int change = 0; change < CHANGES; change++) {
      long[] writtenAt = new long[1];
      List<CompletableFuture<JsonNode>> polls = new ArrayList<>();
      for (int watcher = 0; watcher < WATCHERS; watcher++) {
        polls.add(
            ask("watcher-" + watcher, from + "&wait=30s")
                .thenApply(
                    page -> {
                      times.addNanos(Math.max(0, System.nanoTime() - writtenAt[0]));
                      return page;
                    }));
      }
      // Not measured: all of them have to hang before there is something to tell.
      TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
      writtenAt[0] = System.nanoTime();
      instance.post(
          Service.TENANT_SERVICE,
          "/api/v1/tenants",
          Map.of("name", "w" + change + "-" + Long.toString(System.nanoTime(), 36)));
      for (CompletableFuture<JsonNode> poll : polls) {
        from = Position.after(poll.get(60, TimeUnit.SECONDS));
      }
    }
    return List.of(
        Row.of("a change to " + WATCHERS + " watchers, median", times.median(), "ms"),
        Row.bounded(
            "a change to " + WATCHERS + " watchers, p99",
            times.percentile(0.99),
            "ms",
            BOUND_MILLIS));
  }

  /** Follows as one watcher to the head. */
  private String head() throws Exception {
    String from = "since=0";
    while (true) {
      JsonNode page = ask("watcher-0", from + "&wait=0s").get(60, TimeUnit.SECONDS);
      from = Position.after(page);
      if (page.path("revision").asLong() >= page.path("head").asLong()) {
        return from;
      }
    }
  }

  private CompletableFuture<JsonNode> ask(String watcher, String parameters) {
    return instance
        .client()
        .sendAsync(
            instance
                .request(
                    Service.TENANT_SERVICE,
                    "/internal/v1/changes?kind=bench&watcher=" + watcher + "&" + parameters)
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .thenApply(WatcherDelivery::page);
  }

  private static JsonNode page(HttpResponse<String> answer) {
    try {
      if (answer.statusCode() != 200) {
        throw new IOException("The feed was answered " + answer.statusCode());
      }
      return Instance.JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
