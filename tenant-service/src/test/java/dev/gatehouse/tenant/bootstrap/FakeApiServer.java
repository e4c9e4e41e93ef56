package dev.gatehouse.tenant.bootstrap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.gatehouse.common.testing.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The API server of a cluster: HTTPS with a certificate of its own, and whatever answer. */
final class FakeApiServer implements AutoCloseable {

  static final String TOKEN = "token-of-the-service-account";

  /**
   * What it was sent.
   *
   * @param line method and path
   */
  record Call(String line, String authorization, String body) {}

  private final HttpsServer server;
  private final TestCertificate certificate;
  private final List<Call> calls = new ArrayList<>();
  private final int status;

  FakeApiServer(int status, Path directory) throws IOException {
    this.status = status;
    this.certificate = TestCertificate.of("ip:127.0.0.1", directory);
    this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificate.serving()));
    server.createContext("/", this::answer);
    server.start();
  }

  List<Call> calls() {
    return calls;
  }

  Map<String, String> environment() {
    return Map.of(
        "KUBERNETES_SERVICE_HOST",
        "127.0.0.1",
        "KUBERNETES_SERVICE_PORT",
        Integer.toString(server.getAddress().getPort()));
  }

  /** What Kubernetes mounts into a pod. */
  Path mount(Path directory) throws IOException {
    Files.writeString(directory.resolve("token"), TOKEN);
    Files.writeString(directory.resolve("ca.crt"), certificate.certificate());
    return directory;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    calls.add(
        new Call(
            exchange.getRequestMethod() + " " + exchange.getRequestURI(),
            exchange.getRequestHeaders().getFirst("Authorization"),
            body));
    // A webhook between may quote what was sent.
    byte[] answer =
        ("{\"message\":\"about " + body.replace('"', '\'') + "\"}")
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }
}
