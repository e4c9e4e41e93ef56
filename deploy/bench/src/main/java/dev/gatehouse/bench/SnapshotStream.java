package dev.gatehouse.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.bench.Instance.Service;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** The whole of a feed, from its beginning, as a new gateway reads it. */
final class SnapshotStream {

  private static final int READERS = 5;
  private static final double BOUND_MEMORY = 512;

  private final Instance instance;

  SnapshotStream(Instance instance) {
    this.instance = instance;
  }

  List<Row> run() throws Exception {
    List<Row> rows = new ArrayList<>();
    for (Service service : List.of(Service.TENANT_SERVICE, Service.KEY_SERVICE)) {
      Times times = new Times(READERS);
      long largest = 0;
      for (int reader = 0; reader < READERS; reader++) {
        long started = System.nanoTime();
        largest = Math.max(largest, read(service, "bench-" + reader));
        times.addNanos(System.nanoTime() - started);
      }
      String feed = "snapshot of " + service.label();
      rows.add(Row.of(feed + ", median of " + READERS, times.median(), "ms"));
      rows.add(Row.of(feed + ", largest page", largest / 1024.0, "KiB"));
    }
    for (Service service : Instance.PROCESSES) {
      rows.add(
          Row.bounded(
              "peak memory of " + service.label(),
              instance.peakMemory(service),
              "MiB",
              BOUND_MEMORY));
    }
    return rows;
  }

  /** Reads to the head and returns the size of the largest page, in octets. */
  private long read(Service service, String watcher) throws Exception {
    String from = "since=0";
    long largest = 0;
    while (true) {
      HttpResponse<String> answer =
          instance.get(
              service, "/internal/v1/changes?kind=bench&wait=0s&watcher=" + watcher + "&" + from);
      if (answer.statusCode() != 200) {
        throw new IOException("The feed was answered " + answer.statusCode());
      }
      largest = Math.max(largest, answer.body().length());
      JsonNode page = Instance.JSON.readTree(answer.body());
      if (page.path("revision").asLong() >= page.path("head").asLong()) {
        return largest;
      }
      from = Position.after(page);
    }
  }
}
