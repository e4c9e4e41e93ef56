package dev.gatehouse.tenant;

import static dev.gatehouse.common.testing.TestCalls.later;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.common.testing.ServiceProcess;
import dev.gatehouse.common.testing.TestDatabase;
import io.restassured.specification.SpecificationQuerier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiKeyRotationIT {

  private static final String OLD = "the-old-api-key-0123456789-0123456789";
  private static final int ATTEMPTS = 6;
  private static final String NEW = "the-new-api-key-0123456789-0123456789";

  private final ServiceProcess[] replicas = new ServiceProcess[2];
  private final AtomicReferenceArray<URI> addresses = new AtomicReferenceArray<>(2);
  private final List<Client> clients = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();

  @SuppressWarnings("NullAway.Init") // Before each test.
  private TestDatabase database;

  @BeforeEach
  void twoReplicasWithTheOldKey() {
    database = TestDatabase.start();
    rollTo(OLD, null);
  }

  @AfterEach
  void stop() {
    clients.forEach(Client::stop);
    for (ServiceProcess replica : replicas) {
      replica.close();
    }
    database.close();
  }

  @Test
  void whileTheKeyIsRotatedNoCallIsRefused() {
    Client old = client(OLD);
    rollTo(OLD, NEW);
    Client successor = client(NEW);
    rollTo(NEW, OLD);
    old.stop();
    rollTo(NEW, null);
    successor.stop();

    assertThat(old.refused()).isEmpty();
    assertThat(successor.refused()).isEmpty();
    assertThat(old.written()).isPositive();
    assertThat(successor.written()).isPositive();
    assertThat(database.query("SELECT count(*) FROM tenant WHERE name <> '_'"))
        .isEqualTo(Integer.toString(old.written() + successor.written()));
    for (int replica = 0; replica < replicas.length; replica++) {
      assertThat(at(replica, read(OLD, "/api/v1/tenants")).statusCode()).isEqualTo(401);
      assertThat(at(replica, read(NEW, "/api/v1/tenants")).statusCode()).isEqualTo(200);
      assertThat(at(replica, read(NEW, "/api/v1/audit/verify")).body()).contains("\"intact\":true");
    }
  }

  /** Restarts one replica after the other; the other one goes on serving. */
  private void rollTo(String key, String previous) {
    for (int i = 0; i < replicas.length; i++) {
      if (replicas[i] != null) {
        replicas[i].close();
      }
      Map<String, String> environment = new HashMap<>(ServiceProcess.environment(database.port()));
      environment.put("AUTH_API_KEY", key);
      if (previous != null) {
        environment.put("AUTH_API_KEY_PREVIOUS", previous);
      }
      ServiceProcess replica = ServiceProcess.start(environment);
      replicas[i] = replica;
      await().atMost(Duration.ofMinutes(2)).until(replica::isReady);
      int port = SpecificationQuerier.query(replica.asOperator()).getPort();
      addresses.set(i, URI.create("http://127.0.0.1:" + port));
    }
  }

  private Client client(String key) {
    Client client = new Client(key);
    clients.add(client);
    return client;
  }

  private static Call read(String key, String path) {
    return new Call(key, path, Optional.empty(), "");
  }

  private HttpResponse<String> at(int replica, Call call) {
    try {
      return http.send(call.to(addresses.get(replica)), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A read, or with a body a write that may be repeated. */
  private record Call(String key, String path, Optional<String> body, String idempotencyKey) {
    HttpRequest to(URI replica) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(replica.resolve(path))
              .header("X-API-Key", key)
              .header("X-Tenant-ID", "*")
              .timeout(Duration.ofSeconds(30));
      body.ifPresent(
          json ->
              request
                  .header("Content-Type", "application/json")
                  .header("Idempotency-Key", idempotencyKey)
                  .POST(BodyPublishers.ofString(json)));
      return request.build();
    }
  }

  /** Reads and writes all the time, at the other replica when one is not there. */
  private final class Client {
    private final String key;
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final CompletableFuture<Void> running;

    Client(String key) {
      this.key = key;
      this.running = later(this::run);
    }

    List<String> refused() {
      return refused;
    }

    int written() {
      return written.get();
    }

    void stop() {
      stopped.set(true);
      running.join();
    }

    private Void run() {
      for (int turn = 0; !stopped.get(); turn++) {
        expect(200, turn, read(key, "/api/v1/tenants?limit=1"));
        String name = "t" + UUID.randomUUID().toString().substring(0, 13);
        String body = "{\"name\":\"" + name + "\"}";
        expect(201, turn, new Call(key, "/api/v1/tenants", Optional.of(body), name));
        written.incrementAndGet();
      }
      return null;
    }

    private void expect(int status, int turn, Call call) {
      HttpResponse<String> answer = answered(turn, call);
      if (answer.statusCode() != status) {
        refused.add(call.path() + " " + answer.statusCode() + " " + answer.body());
      }
    }

    /**
     * Somebody is there: one replica is ready before the next one goes. The address of the one that
     * has just come back may be noticed only after the other is gone.
     */
    private HttpResponse<String> answered(int turn, Call call) {
      for (int attempt = turn; attempt < turn + ATTEMPTS; attempt++) {
        try {
          return at(attempt % replicas.length, call);
        } catch (UncheckedIOException gone) {
          unanswered.incrementAndGet();
        }
      }
      throw new AssertionError("Nobody has answered " + call.path());
    }
  }
}
