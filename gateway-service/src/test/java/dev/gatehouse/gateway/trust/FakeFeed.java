package dev.gatehouse.gateway.trust;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.feed.AcceptedEpoch;
import dev.gatehouse.common.feed.AuditHead;
import dev.gatehouse.common.feed.FeedJson;
import dev.gatehouse.common.feed.FeedPage;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A service that has a feed, over real HTTP on loopback, which can be cut off. */
final class FakeFeed implements AutoCloseable {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Long> watchers = new TreeMap<>();
  private final Map<String, Long> replays = new HashMap<>();
  private final List<Map<String, String>> questions = new ArrayList<>();
  private final List<String> unknownKeys = new ArrayList<>();
  private final List<JsonObject> usage = new ArrayList<>();
  private @Nullable HttpServer server;
  private int port;
  private History history;
  private int failWith;
  private boolean deaf;
  private int limit = 3;
  private Optional<AuditHead> audit = Optional.empty();
  private Optional<String> acceptance = Optional.empty();
  private int generation;

  FakeFeed(History history) {
    this.history = history;
    reconnect();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Connections are refused from now on. */
  void disconnect() {
    HttpServer running;
    synchronized (this) {
      running = server;
      server = null;
      generation++;
      notifyAll();
    }
    if (running != null) {
      running.stop(0);
    }
  }

  void reconnect() {
    try {
      HttpServer next =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      next.setExecutor(threads);
      next.createContext("/", this::handle);
      next.start();
      port = next.getAddress().getPort();
      synchronized (this) {
        server = next;
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Everything is answered with this status; 0: properly. */
  synchronized void failWith(int status) {
    failWith = status;
    notifyAll();
  }

  /** Nothing is answered any more, though connections stay. */
  synchronized void deaf(boolean value) {
    deaf = value;
    notifyAll();
  }

  synchronized void change(Consumer<History> change) {
    change.accept(history);
    notifyAll();
  }

  synchronized void restore(History other) {
    history = other;
    notifyAll();
  }

  /** An operator accepts what is told now: it goes on under a new epoch. */
  synchronized void accept(AuthApiKey key, String feed) {
    history = history.underNewEpoch();
    acceptance = Optional.of(AcceptedEpoch.write(key, feed, history.epoch));
    notifyAll();
  }

  /** What a service says in the name of an operator, whether one has said it or not. */
  synchronized void acceptance(String header) {
    acceptance = Optional.of(header);
    notifyAll();
  }

  /** How many changes a page has at most. */
  synchronized void limit(int changes) {
    limit = changes;
  }

  /** Every page from now on carries this. */
  synchronized void audit(AuditHead head) {
    audit = Optional.of(head);
  }

  synchronized History history() {
    return history;
  }

  /** The reports of use that arrived. */
  synchronized List<JsonObject> usage() {
    return List.copyOf(usage);
  }

  synchronized long head() {
    return history.head();
  }

  /** What each gateway has acknowledged. */
  synchronized Map<String, Long> watchers() {
    return Map.copyOf(watchers);
  }

  synchronized List<Map<String, String>> questions() {
    return List.copyOf(questions);
  }

  synchronized List<String> unknownKeys() {
    return List.copyOf(unknownKeys);
  }

  @Override
  public void close() {
    disconnect();
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (!Set.of("*").equals(Set.copyOf(exchange.getRequestHeaders().get("X-Tenant-ID")))) {
        answer(exchange, 400, "{}");
      } else if (path.equals("/internal/v1/changes")) {
        changes(exchange, query(exchange));
      } else if (path.startsWith("/internal/v1/watchers/")) {
        goodbye(exchange, path.substring(path.lastIndexOf('/') + 1));
      } else if (path.endsWith("/unknown-key")) {
        unknownKey(exchange);
      } else if (path.equals("/internal/v1/usage")) {
        usage(exchange);
      } else {
        answer(exchange, 404, "{}");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void changes(HttpExchange exchange, Map<String, String> question)
      throws IOException, InterruptedException {
    int status;
    String body;
    synchronized (this) {
      int begun = generation;
      questions.add(question);
      listen();
      if (generation != begun) {
        return;
      }
      status = failWith == 0 ? 200 : failWith;
      body = status == 200 ? page(question, begun) : "{}";
      if (body.isEmpty()) {
        return;
      }
      if (body.contains("feed_history_differs")) {
        status = 409;
        acceptance.ifPresent(it -> exchange.getResponseHeaders().set(AcceptedEpoch.HEADER, it));
      } else if (failWith != 0) {
        status = failWith;
      }
    }
    answer(exchange, status, body);
  }

  private String page(Map<String, String> question, int begun) throws InterruptedException {
    long since = Long.parseLong(text(question, "since"));
    String epoch = text(question, "epoch");
    if (!epoch.isEmpty() && !history.has(since, epoch, text(question, "hash"))) {
      return "{\"code\":\"feed_history_differs\"}";
    }
    if (text(question, "kind").equals("gateway")) {
      watchers.put(text(question, "watcher"), since);
      watchers.remove(text(question, "predecessor"));
    }
    String wait = text(question, "wait");
    long until =
        System.nanoTime()
            + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(wait.substring(0, wait.length() - 2)));
    History asked = history;
    while (since == history.head() && history == asked && failWith == 0 && generation == begun) {
      long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left <= 0) {
        break;
      }
      wait(left);
    }
    listen();
    if (generation != begun) {
      return "";
    }
    if (history != asked) {
      return "{\"code\":\"feed_history_differs\"}";
    }
    String watcher = text(question, "watcher");
    boolean replayed = replays.getOrDefault(watcher, -1L) == since;
    FeedPage page = history.page(since, limit, history.needsReset(since) && !replayed);
    if (page.reset() || since == 0 || replayed) {
      replays.put(watcher, page.revision());
    }
    return FeedJson.write(withAudit(page));
  }

  private FeedPage withAudit(FeedPage page) {
    return new FeedPage(
        page.epoch(),
        page.reset(),
        page.since(),
        page.revision(),
        page.hash(),
        page.head(),
        page.changes(),
        audit);
  }

  private void listen() throws InterruptedException {
    while (deaf && server != null) {
      wait();
    }
  }

  private void goodbye(HttpExchange exchange, String id) throws IOException, InterruptedException {
    int status;
    synchronized (this) {
      listen();
      status = failWith == 0 ? 204 : failWith;
      if (failWith == 0) {
        watchers.remove(id);
      }
    }
    answer(exchange, status, "");
  }

  private void unknownKey(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    long revision;
    synchronized (this) {
      unknownKeys.add(exchange.getRequestURI().getPath() + " " + body);
      revision = history.head();
    }
    answer(exchange, 200, "{\"revision\":" + revision + "}");
  }

  private void usage(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int status;
    synchronized (this) {
      status = failWith == 0 ? 204 : failWith;
      if (failWith == 0) {
        usage.add(new JsonObject(body));
      }
    }
    answer(exchange, status, "");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static String text(Map<String, String> question, String name) {
    return question.getOrDefault(name, "");
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : exchange.getRequestURI().getRawQuery().split("&", -1)) {
      int equals = pair.indexOf('=');
      parameters.put(
          pair.substring(0, equals),
          URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
    parameters.put("key", String.valueOf(exchange.getRequestHeaders().getFirst("X-API-Key")));
    return parameters;
  }
}
