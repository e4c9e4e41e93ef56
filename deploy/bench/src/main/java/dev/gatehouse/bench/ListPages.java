package dev.gatehouse.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.bench.Instance.Service;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** Pages of lists, wherever in the list they are. Seen from beside the service, on loopback. */
final class ListPages {

  private static final double BOUND_MILLIS = 50;
  private static final int WARM_UP = 200;
  private static final int ROUNDS = 300;

  private final Instance instance;
  private final String middle;

  ListPages(Instance instance, int objects) {
    this.instance = instance;
    this.middle = Fill.tenant(objects / 2).substring(0, 4);
  }

  List<Row> run() throws Exception {
    List<Row> rows = new ArrayList<>();
    rows.add(pages("tenants, page after page", Service.TENANT_SERVICE, "/api/v1/tenants?"));
    rows.add(
        pages("tenants by prefix", Service.TENANT_SERVICE, "/api/v1/tenants?prefix=" + middle));
    rows.add(
        pages("tenants by status", Service.TENANT_SERVICE, "/api/v1/tenants?status=suspended"));
    rows.add(pages("keys, page after page", Service.KEY_SERVICE, "/api/v1/keys?"));
    rows.add(
        pages("keys of one owner", Service.KEY_SERVICE, "/api/v1/keys?owner=" + Fill.tenant(7)));
    rows.add(pages("audit, page after page", Service.TENANT_SERVICE, "/api/v1/audit?"));
    return rows;
  }

  private Row pages(String what, Service service, String path) throws Exception {
    walk(service, path, WARM_UP, new Times(WARM_UP));
    Times times = new Times(ROUNDS);
    walk(service, path, ROUNDS, times);
    return Row.bounded(
        "list " + what + ", p99 of " + ROUNDS, times.percentile(0.99), "ms", BOUND_MILLIS);
  }

  private void walk(Service service, String path, int pages, Times times) throws Exception {
    String cursor = "";
    for (int page = 0; page < pages; page++) {
      long asked = System.nanoTime();
      HttpResponse<String> answer = instance.get(service, path + cursor);
      times.addNanos(System.nanoTime() - asked);
      if (answer.statusCode() != 200) {
        throw new IOException(path + " was answered " + answer.statusCode());
      }
      JsonNode next = Instance.JSON.readTree(answer.body()).path("next");
      cursor = next.isTextual() ? "&cursor=" + next.asText() : "";
    }
  }
}
