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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** An instance that is measured, with the flags and heaps of {@code deploy/local}. */
final class Instance implements Stoppable, Duel.Server {

  static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int UNAVAILABLE = 503;

  /** How often a call is repeated that a service had no time for. */
  private static final int MAX_REPEATS = 10;

  private final String name;
  private final Path checkout;
  private final Path state;
  private final Properties ports = new Properties();
  private final String apiKey;
  private final ExecutorService threads = Executors.newFixedThreadPool(2, Instance::daemon);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(threads).build();

  enum Service {
    TENANT_SERVICE,
    KEY_SERVICE,
    GATEWAY,
    GATEWAY_MANAGEMENT;

    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Those that have a process of their own. */
  static final List<Service> PROCESSES =
      List.of(Service.TENANT_SERVICE, Service.KEY_SERVICE, Service.GATEWAY);

  private Instance(String name, Path checkout, Path state) throws IOException {
    this.name = name;
    this.checkout = checkout;
    this.state = state;
    try (Reader reader = Files.newBufferedReader(state.resolve("ports.properties"))) {
      ports.load(reader);
    }
    this.apiKey = Files.readString(state.resolve("secrets/auth-api-key")).strip();
  }

  /**
   * Starts one on free ports, with an empty registry.
   *
   * @param more arguments of {@code deploy/local/up}
   */
  static Instance start(String name, Path checkout, Path state, List<String> more)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(checkout.resolve("deploy/local/up").toString());
    command.addAll(
        List.of("--no-build", "--detach", "--ports", "auto", "--state", state.toString()));
    command.addAll(more);
    Path log = state.resolveSibling(state.getFileName() + ".log");
    Process up =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (up.waitFor() != 0) {
      throw new IOException("deploy/local/up failed: " + Files.readString(log).strip());
    }
    return new Instance(name, checkout, state);
  }

  HttpClient client() {
    return client;
  }

  @Override
  public String name() {
    return name;
  }

  /** The gateway's, for clients. */
  @Override
  public int port() {
    return port(Service.GATEWAY);
  }

  int port(Service service) {
    return Integer.parseInt(ports.getProperty(service.label()));
  }

  /** The gateway's, in seconds so far. */
  @Override
  public double cpu() {
    try {
      return CpuTime.of(process(Service.GATEWAY));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  Path state() {
    return state;
  }

  /** A request with the API key, for every tenant; of the gateway, without either. */
  HttpRequest.Builder request(Service service, String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(service) + path))
            .timeout(PATIENCE);
    return service == Service.TENANT_SERVICE || service == Service.KEY_SERVICE
        ? request.header("X-API-Key", apiKey).header("X-Tenant-ID", "*")
        : request;
  }

  HttpResponse<String> get(Service service, String path) throws Exception {
    return client.send(request(service, path).build(), HttpResponse.BodyHandlers.ofString());
  }

  JsonNode post(Service service, String path, Object body) throws Exception {
    return JSON.readTree(ok(path, exchange(service, path, body, Optional.empty())));
  }

  /** Repeats a call that was answered 503, when it is asked to; never done twice by that. */
  JsonNode postPatiently(Service service, String path, Object body) throws Exception {
    String key = UUID.randomUUID().toString();
    HttpResponse<String> answer = exchange(service, path, body, Optional.of(key));
    for (int repeats = 0; answer.statusCode() == UNAVAILABLE && repeats < MAX_REPEATS; repeats++) {
      TimeUnit.SECONDS.sleep(answer.headers().firstValueAsLong("Retry-After").orElse(1));
      answer = exchange(service, path, body, Optional.of(key));
    }
    return JSON.readTree(ok(path, answer));
  }

  /** Registers a tenant. */
  void tenant(String tenant) throws Exception {
    postPatiently(Service.TENANT_SERVICE, "/api/v1/tenants", Map.of("name", tenant));
  }

  /** Trusts the key of somebody who signs for a tenant, and waits until the gateway does. */
  Tokens.Holder holder(String tenant, Signer signer) throws Exception {
    Tokens.Holder holder = new Tokens.Holder(tenant, signer, trust(tenant, signer));
    HttpRequest request =
        request(Service.GATEWAY, "/api/v1/labels")
            .header("Host", holder.host())
            .header("Authorization", "Bearer " + holder.token())
            .build();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    while (answer.statusCode() != 200) {
      if (System.nanoTime() > deadline) {
        throw new IOException("The gateway answers " + answer.statusCode() + " " + answer.body());
      }
      TimeUnit.MILLISECONDS.sleep(20);
      answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    }
    return holder;
  }

  /**
   * Trusts a key.
   *
   * @param owner a tenant, or {@code *}
   * @return its id
   */
  String trust(String owner, Signer signer) throws Exception {
    JsonNode added =
        postPatiently(
            Service.KEY_SERVICE,
            "/api/v1/keys?wait=10s",
            Map.of("key", signer.pem(), "owner", owner));
    return added.path("keys").path(0).path("id").asText();
  }

  /** What a process has held at most, in MiB. */
  double peakMemory(Service service) throws IOException {
    return peakMemory(process(service).pid());
  }

  ProcessHandle process(Service service) throws IOException {
    for (String line : Files.readAllLines(state.resolve("processes"))) {
      String[] fields = line.split(" ", -1);
      if (fields[0].equals(service.label())) {
        return ProcessHandle.of(Long.parseLong(fields[1])).orElseThrow();
      }
    }
    throw new IOException("There is no process " + service.label());
  }

  @Override
  public void close() throws IOException {
    threads.shutdownNow();
    Process down =
        new ProcessBuilder(
                checkout.resolve("deploy/local/down").toString(), "--state", state.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    down.onExit().join();
  }

  private HttpResponse<String> exchange(
      Service service, String path, Object body, Optional<String> idempotencyKey) throws Exception {
    HttpRequest.Builder request =
        request(service, path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
    idempotencyKey.ifPresent(key -> request.header("Idempotency-Key", key));
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String ok(String path, HttpResponse<String> answer) throws IOException {
    if (answer.statusCode() < 200 || answer.statusCode() > 299) {
      throw new IOException(
          "POST " + path + " was answered " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
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
