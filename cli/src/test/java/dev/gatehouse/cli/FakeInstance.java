package dev.gatehouse.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An instance and its identity provider in one, on a free port. It answers what it was told to, and
 * remembers what it was asked.
 */
public final class FakeInstance implements AutoCloseable {

  /** One request, as it arrived. */
  public record Call(String line, String authorization, String body) {}

  private record Reply(int status, String body) {}

  private final HttpServer server;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Map<String, Queue<Reply>> replies = new ConcurrentHashMap<>();
  private final AtomicInteger tokens = new AtomicInteger();

  public FakeInstance() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public String config() {
    return """
        instances:
          local:
            url: %s
            clientCredentials:
              tokenUrl: %s/default/token
              clientId: operator
              clientSecret: s3cret-of-operator
              audience: gatehouse-local   # optional
        """
        .formatted(url(), url());
  }

  /** The next answer to this request; the last one stays. */
  public FakeInstance answer(String line, int status, String body) {
    replies.computeIfAbsent(line, l -> new ConcurrentLinkedQueue<>()).add(new Reply(status, body));
    return this;
  }

  /** The next answer to this request, whatever was planned before. */
  public FakeInstance replace(String line, int status, String body) {
    replies.remove(line);
    return answer(line, status, body);
  }

  public FakeInstance refuse(String line, int status, String code, String detail) {
    String problem =
        """
        {"code":"%s","detail":"%s","status":%d,"title":"Refused","type":"about:blank","requestId":"req-1"}"""
            .formatted(code, detail, status);
    return answer(line, status, problem);
  }

  /** What the control plane was asked, without requests for tokens. */
  public List<Call> calls() {
    return calls.stream().filter(call -> !call.line().contains(" /default/")).toList();
  }

  /** What the identity provider was asked. */
  public List<Call> tokenCalls() {
    return calls.stream().filter(call -> call.line().contains(" /default/")).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    calls.add(new Call(line, String.valueOf(authorization), body));
    Reply reply = reply(line);
    byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    if (reply.status() == 503) {
      exchange.getResponseHeaders().add("Retry-After", "3");
    }
    exchange.sendResponseHeaders(reply.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private Reply reply(String line) {
    Queue<Reply> planned = replies.get(line);
    if (planned != null) {
      Reply next = planned.size() > 1 ? planned.poll() : planned.peek();
      if (next != null) {
        return next;
      }
    }
    if (line.equals("POST /default/token")) {
      String token =
          "{\"access_token\":\"token-%d\",\"token_type\":\"Bearer\",\"expires_in\":3600}";
      return new Reply(200, token.formatted(tokens.incrementAndGet()));
    }
    return new Reply(404, "<html>unexpected " + line + "</html>");
  }
}
