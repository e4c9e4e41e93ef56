package dev.gatehouse.tenant.bootstrap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The API server of a cluster: HTTPS with a certificate of its own, and whatever answer. */
final class FakeApiServer implements AutoCloseable {

  static final String TOKEN = "token-of-the-service-account";

  private static final String PASSWORD = "changeit";

  /**
   * What it was sent.
   *
   * @param line method and path
   */
  record Call(String line, String authorization, String body) {}

  private final HttpsServer server;
  private final KeyStore keys;
  private final List<Call> calls = new ArrayList<>();
  private final int status;

  FakeApiServer(int status, Path directory)
      throws IOException, InterruptedException, GeneralSecurityException {
    this.status = status;
    this.keys = keys(directory);
    this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls()));
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
  Path mount(Path directory) throws IOException, GeneralSecurityException {
    Files.writeString(directory.resolve("token"), TOKEN);
    Files.writeString(
        directory.resolve("ca.crt"),
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keys.getCertificate("tls").getEncoded())
            + "\n-----END CERTIFICATE-----\n");
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

  private SSLContext tls() throws GeneralSecurityException {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static KeyStore keys(Path directory)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = directory.resolve("api-server.p12");
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(
        List.of(
            ("-genkeypair -alias tls -keyalg EC -groupname secp256r1 -dname CN=api"
                    + " -ext SAN=ip:127.0.0.1 -validity 2 -storetype PKCS12 -storepass "
                    + PASSWORD)
                .split(" ")));
    command.addAll(List.of("-keystore", store.toString()));
    Path log = directory.resolve("keytool.log");
    if (new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor()
        != 0) {
      throw new IOException(Files.readString(log));
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }
}
