package dev.gatehouse.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.FeedJson;
import dev.gatehouse.common.feed.FeedPage;
import dev.gatehouse.common.feed.TenantEntry;
import dev.gatehouse.common.feed.client.FeedChain;
import dev.gatehouse.common.feed.client.FeedPosition;
import dev.gatehouse.common.testing.ServiceProcess;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Rebuilds the registry from the feed, at whichever replica it asks. Each page has to continue the
 * one before, without a gap.
 */
final class Follower {

  private final String id = UUID.randomUUID().toString();
  private final Map<UUID, TenantEntry> tenants =
      new TreeMap<>(Comparator.comparing(UUID::toString));
  private final List<Change> changes = new ArrayList<>();
  private FeedPosition position = FeedPosition.START;

  String id() {
    return id;
  }

  long revision() {
    return position.revision();
  }

  List<Change> changes() {
    return List.copyOf(changes);
  }

  /** One line a tenant, in the order of the ids. */
  String tenants() {
    StringBuilder lines = new StringBuilder();
    tenants.forEach(
        (tenant, entry) ->
            lines
                .append(tenant + " " + entry.name() + " " + entry.orgId() + " " + entry.status())
                .append(entry.limits().map(it -> " " + FeedJson.write(it)).orElse(""))
                .append('\n'));
    return lines.toString();
  }

  /** Asks, again where the answer is 503 as a gateway does, and applies what is answered. */
  FeedPage ask(ServiceProcess replica, String wait) {
    Response answer = question(replica, wait);
    for (int again = 0; answer.statusCode() == 503 && again < 10; again++) {
      answer = question(replica, wait);
    }
    return apply(answer);
  }

  FeedPage catchUp(ServiceProcess replica) {
    FeedPage page = ask(replica, "0s");
    while (page.revision() < page.head()) {
      page = ask(replica, "0s");
    }
    return page;
  }

  /** Asks without looking at the answer. */
  Response question(ServiceProcess replica, String wait) {
    String standing =
        position
            .epoch()
            .map(epoch -> "&epoch=" + epoch + "&hash=" + position.hash().value())
            .orElse("");
    return replica
        .asOperator()
        .get(
            "/internal/v1/changes?watcher="
                + id
                + "&since="
                + position.revision()
                + standing
                + "&wait="
                + wait);
  }

  private FeedPage apply(Response answer) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    FeedPage page = FeedJson.read(answer.asString(), FeedPage.class);
    assertThat(page.reset()).as("starts from the beginning").isEqualTo(false);
    try {
      FeedPosition next = FeedChain.after(position, page);
      page.changes().forEach(this::apply);
      position = next;
    } catch (FeedChain.Broken e) {
      throw new AssertionError(e);
    }
    return page;
  }

  private void apply(Change change) {
    assertThat(change.revision()).as("no gap").isEqualTo(changes.size() + 1L);
    changes.add(change);
    if (change.isRemoval()) {
      tenants.remove(change.id());
    } else {
      tenants.put(change.id(), FeedJson.read(change.content().orElseThrow(), TenantEntry.class));
    }
  }
}
