package dev.gatehouse.tenant.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The way from a pod to its API server: where it is, whom to trust, and who we are. */
final class ServiceAccount {

  static final Path MOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final URI server;
  private final String token;
  private final HttpClient client;

  private ServiceAccount(URI server, String token, HttpClient client) {
    this.server = server;
    this.token = token;
    this.client = client;
  }

  /** As every client in a pod finds it (Kubernetes: "Accessing the API from a Pod"). */
  static ServiceAccount of(Map<String, String> environment, Path mount) throws Refused {
    String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
    String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
    if (host.isEmpty()) {
      throw new Refused("KUBERNETES_SERVICE_HOST is not set: this runs in a pod of a cluster.");
    }
    try {
      String token = Files.readString(mount.resolve("token")).strip();
      URI server =
          URI.create("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
      return new ServiceAccount(server, token, client(trusting(mount.resolve("ca.crt"))));
    } catch (IOException e) {
      throw new Refused(
          "no service account is mounted at "
              + mount
              + ": set automountServiceAccountToken: true for this pod.");
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new Refused("the service account at " + mount + " cannot be used: " + reason(e));
    }
  }

  URI server() {
    return server;
  }

  HttpClient client() {
    return client;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json");
  }

  /** The first line of what went wrong, or what kind of thing it was. */
  static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String kind = root.getClass().getSimpleName();
    return String.valueOf(root.getMessage())
        .lines()
        .findFirst()
        .filter(it -> !it.equals("null"))
        .orElse(kind);
  }

  /** The certificates of the file and no others: the API server has a CA of its own. */
  private static SSLContext trusting(Path certificates)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream file = Files.newInputStream(certificates)) {
      int count = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
        trusted.setCertificateEntry("ca-" + count++, each);
      }
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private static HttpClient client(SSLContext context) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(PATIENCE)
        .proxy(HttpClient.Builder.NO_PROXY)
        .sslContext(context)
        .build();
  }
}
