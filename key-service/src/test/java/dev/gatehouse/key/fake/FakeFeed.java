package dev.gatehouse.key.fake;

import com.sun.net.httpserver.HttpExchange;
import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.feed.AcceptedEpoch;
import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.FeedHash;
import dev.gatehouse.common.feed.FeedJson;
import dev.gatehouse.common.feed.FeedPage;
import dev.gatehouse.common.feed.TenantEntry;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A feed of tenants, which can be compacted, and put back to another history. */
public final class FakeFeed {

  private static final long HOLD = 200;

  private final List<Change> changes = new ArrayList<>();

  /** Where pages have ended that began at the beginning: whoever goes on from there may. */
  private final Set<Long> replayed = new HashSet<>();

  private UUID epoch = UUID.randomUUID();
  private long compactedThrough;
  private int pageSize = FeedPage.MAX_CHANGES;
  private @Nullable String acceptance;
  private @Nullable Map<UUID, String> afterReset;
  private int asked;

  synchronized void add(UUID id, String name) {
    append(
        id, Optional.of("{\"name\":\"%s\",\"orgId\":\"x\",\"status\":\"active\"}".formatted(name)));
  }

  synchronized void remove(UUID id) {
    append(id, Optional.empty());
  }

  /** Forgets what is superseded, and all tombstones: whoever has not read on gets a reset. */
  public synchronized void compact() {
    Set<UUID> later = new HashSet<>();
    List<Change> kept = new ArrayList<>();
    for (int i = changes.size() - 1; i >= 0; i--) {
      Change change = changes.get(i);
      boolean superseded = !later.add(change.id());
      boolean newest = i == changes.size() - 1;
      if (newest || (!superseded && !change.isRemoval())) {
        kept.add(0, change);
      }
    }
    changes.clear();
    changes.addAll(kept);
    compactedThrough = head() - 1;
    replayed.clear();
  }

  /** As after a restore: another epoch, and only these tenants. */
  public void startAnew(Map<UUID, String> tenants) {
    startAs(UUID.randomUUID(), tenants);
  }

  /** The same as soon as somebody was told to begin from the start. */
  public synchronized void startAnewAfterReset(Map<UUID, String> tenants) {
    afterReset = tenants;
  }

  /** As after a restore of an older backup: an epoch of before. */
  public synchronized void startAs(UUID former, Map<UUID, String> tenants) {
    changes.clear();
    epoch = former;
    compactedThrough = 0;
    replayed.clear();
    acceptance = null;
    tenants.forEach(this::add);
  }

  /** What {@code feeds accept} does. */
  public synchronized void accept(AuthApiKey key) {
    acceptance = AcceptedEpoch.write(key, "tenants", epoch);
  }

  public synchronized UUID epoch() {
    return epoch;
  }

  public synchronized void pagesOf(int size) {
    pageSize = size;
  }

  public synchronized int asked() {
    return asked;
  }

  /**
   * Answers a long poll.
   *
   * @param broken whether the service has broken down while it waited
   */
  void answer(HttpExchange exchange, BooleanSupplier broken) throws IOException {
    Map<String, String> query = query(exchange);
    long since = Long.parseLong(query.getOrDefault("since", "0"));
    Map<String, String> headers = new HashMap<>();
    String body;
    int status;
    synchronized (this) {
      asked++;
      if (query.containsKey("epoch") && !query.get("epoch").equals(epoch.toString())) {
        Optional.ofNullable(acceptance).ifPresent(it -> headers.put(AcceptedEpoch.HEADER, it));
        status = 409;
        body = "{\"code\":\"feed_history_differs\"}";
      } else {
        waitForNews(since);
        status = broken.getAsBoolean() ? 503 : 200;
        FeedPage page = page(since);
        body = broken.getAsBoolean() ? "{}" : FeedJson.write(page);
        if (page.reset() && afterReset != null) {
          startAnew(afterReset);
          afterReset = null;
        }
      }
    }
    FakeServer.answer(exchange, status, body, headers);
  }

  private FeedPage page(long since) {
    boolean reset = since > 0 && since < compactedThrough && !replayed.contains(since);
    long from = reset ? 0 : since;
    List<Change> some =
        changes.stream().filter(change -> change.revision() > from).limit(pageSize).toList();
    Change last = some.isEmpty() ? null : some.get(some.size() - 1);
    if (last != null && (from == 0 || replayed.contains(from))) {
      replayed.add(last.revision());
    }
    return new FeedPage(
        epoch,
        reset,
        from,
        last == null ? head() : last.revision(),
        last == null ? hash() : last.hash(),
        head(),
        some);
  }

  private void waitForNews(long since) {
    long until = System.currentTimeMillis() + HOLD;
    try {
      while (since == head() && System.currentTimeMillis() < until) {
        wait(HOLD);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void append(UUID id, Optional<String> content) {
    long revision = head() + 1;
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    FeedHash hash = hash().next(revision, TenantEntry.KIND, id, now, content);
    changes.add(new Change(revision, TenantEntry.KIND, id, now, content, hash));
    notifyAll();
  }

  private long head() {
    return changes.isEmpty() ? 0 : changes.get(changes.size() - 1).revision();
  }

  private FeedHash hash() {
    return changes.isEmpty() ? FeedHash.NONE : changes.get(changes.size() - 1).hash();
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> query = new HashMap<>();
    Arrays.stream(exchange.getRequestURI().getQuery().split("&", -1))
        .map(pair -> pair.split("=", 2))
        .forEach(pair -> query.put(pair[0], pair[1]));
    return query;
  }
}
