package dev.gatehouse.key.fake;

import com.sun.net.httpserver.HttpExchange;
import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.testing.TestCalls;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Knows tenants by name, and answers as tenant-service does; with their feed. */
public final class FakeTenantService extends FakeServer {

  private static final String PATH = "/api/v1/tenants/";

  private final Map<String, UUID> tenants = new ConcurrentHashMap<>();
  private final FakeFeed feed = new FakeFeed();
  private volatile boolean broken;

  /** Registers a tenant, anew if there is one of that name. */
  public UUID register(String name) {
    UUID id = UUID.randomUUID();
    tenants.put(name, id);
    feed.add(id, name);
    return id;
  }

  /** Removes a tenant, and says so in the feed. */
  public void remove(String name) {
    Optional.ofNullable(tenants.remove(name)).ifPresent(feed::remove);
  }

  /** Answers for a tenant as if it were not removed yet; the feed does not know of it. */
  public void registerAs(String name, UUID id) {
    tenants.put(name, id);
  }

  public FakeFeed feed() {
    return feed;
  }

  public void setBroken(boolean broken) {
    this.broken = broken;
  }

  @Override
  void handle(HttpExchange exchange) throws IOException {
    boolean allowed =
        TestCalls.API_KEY.equals(exchange.getRequestHeaders().getFirst(AuthApiKey.HEADER))
            && "*".equals(exchange.getRequestHeaders().getFirst(Caller.TENANT_HEADER));
    String path = exchange.getRequestURI().getPath();
    if (broken || !allowed) {
      answer(exchange, broken ? 503 : 401, "{}", Map.of());
    } else if (path.startsWith(PATH)) {
      show(exchange, path.substring(PATH.length()));
    } else if (path.equals("/internal/v1/changes")) {
      feed.answer(exchange, () -> broken);
    } else {
      answer(exchange, 204, "", Map.of());
    }
  }

  private void show(HttpExchange exchange, String name) throws IOException {
    Optional<UUID> id = Optional.ofNullable(tenants.get(name));
    if (id.isEmpty()) {
      answer(exchange, 404, "{\"code\":\"tenant_unknown\"}", Map.of());
    } else {
      answer(
          exchange,
          200,
          "{\"id\":\"%s\",\"name\":\"%s\",\"orgId\":\"x\",\"status\":\"active\",\"revision\":1}"
              .formatted(id.get(), name),
          Map.of("Content-Type", "application/json"));
    }
  }
}
