package dev.gatehouse.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The instance that is measured: one that {@code deploy/local/up} has started. */
final class Instance implements AutoCloseable {

  static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path state;
  private final Properties ports = new Properties();
  private final String apiKey;
  private final ExecutorService threads = Executors.newFixedThreadPool(2, Instance::daemon);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(threads).build();

  enum Service {
    TENANT_SERVICE,
    KEY_SERVICE,
    GATEWAY;

    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private Instance(Path state) throws IOException {
    this.state = state;
    try (Reader reader = Files.newBufferedReader(state.resolve("ports.properties"))) {
      ports.load(reader);
    }
    this.apiKey = Files.readString(state.resolve("secrets/auth-api-key")).strip();
  }

  static Instance at(Path state) throws IOException {
    return new Instance(state);
  }

  HttpClient client() {
    return client;
  }

  /** A request with the API key, for every tenant; of the gateway, without either. */
  HttpRequest.Builder request(Service service, String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + ports.getProperty(service.label()) + path))
            .timeout(PATIENCE);
    return service == Service.GATEWAY
        ? request
        : request.header("X-API-Key", apiKey).header("X-Tenant-ID", "*");
  }

  HttpResponse<String> get(Service service, String path) throws Exception {
    return client.send(request(service, path).build(), HttpResponse.BodyHandlers.ofString());
  }

  JsonNode post(Service service, String path, Object body) throws Exception {
    HttpRequest request =
        request(service, path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() < 200 || answer.statusCode() > 299) {
      throw new IOException(
          "POST " + path + " was answered " + answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  /** What a process has held at most, in MiB. */
  double peakMemory(Service service) throws IOException {
    String name = service == Service.GATEWAY ? "gateway" : service.label();
    for (String line : Files.readAllLines(state.resolve("processes"))) {
      String[] fields = line.split(" ", -1);
      if (fields[0].equals(name)) {
        return peakMemory(Long.parseLong(fields[1]));
      }
    }
    throw new IOException("There is no process " + name);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private static double peakMemory(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Double.parseDouble(line.replaceAll("\\D", "")) / 1024;
      }
    }
    throw new IOException("There is no peak in /proc/" + pid + "/status");
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "bench");
    thread.setDaemon(true);
    return thread;
  }
}
