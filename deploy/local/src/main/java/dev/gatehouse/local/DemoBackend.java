package dev.gatehouse.local;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands where Cortex, Loki or Tempo would: answers with the tenant it was given. */
final class DemoBackend implements AutoCloseable {
  static final String TENANT_HEADER = "X-Scope-OrgID";
  private static final int THREADS = 8;
  private static final List<String> LABELS = List.of("__name__", "instance", "job");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  DemoBackend(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/", DemoBackend::answer);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    long received = count(exchange.getRequestBody());
    byte[] body = body(exchange, received).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    boolean bodiless = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(200, bodiless ? -1 : body.length);
    if (!bodiless) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
    exchange.close();
  }

  /** In the form of Prometheus' API, which Cortex, Mimir and Loki share. */
  private static String body(HttpExchange exchange, long received) {
    String path = exchange.getRequestURI().getRawPath();
    String tenant = exchange.getRequestHeaders().getFirst(TENANT_HEADER);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", "success");
    body.put("data", path.endsWith("/labels") ? LABELS : List.of());
    body.put("tenant", tenant == null ? "" : tenant);
    body.put("method", exchange.getRequestMethod());
    body.put("path", path);
    body.put("received", received);
    return JSONObjectUtils.toJSONString(body);
  }

  private static long count(InputStream body) throws IOException {
    return body.transferTo(OutputStream.nullOutputStream());
  }
}
