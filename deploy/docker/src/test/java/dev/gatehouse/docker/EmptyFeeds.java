package dev.gatehouse.docker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The change feeds of services in which nothing has happened yet. */
final class EmptyFeeds implements AutoCloseable {
  private static final long HOLD_MILLIS = 200;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final String page =
      "{\"epoch\":\"%s\",\"reset\":false,\"since\":0,\"revision\":0,\"hash\":\"%s\",\"head\":0,\"changes\":[]}"
          .formatted(UUID.randomUUID(), "0".repeat(64));

  EmptyFeeds() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      TimeUnit.MILLISECONDS.sleep(HOLD_MILLIS);
      byte[] body = page.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
