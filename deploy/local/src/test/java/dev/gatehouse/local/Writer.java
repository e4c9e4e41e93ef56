package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A program of the operator that registers one tenant after the other, on connections that it
 * keeps. What is answered with 503 it sends again with the same {@code Idempotency-Key}.
 */
final class Writer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final int port;
  private final String prefix;
  private final String authorization;
  private final Queue<String> written = new ConcurrentLinkedQueue<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger unavailable = new AtomicInteger();
  private final Thread thread = new Thread(this::write, "writer");
  private volatile boolean over;

  Writer(Installation installation, String prefix) {
    this.port = installation.port(Ports.Use.GATEWAY);
    this.prefix = prefix;
    this.authorization = "Bearer " + operatorsToken(installation);
    thread.setDaemon(true);
    thread.start();
  }

  /** Ends after the tenant of the moment, and returns those that are acknowledged. */
  List<String> end() throws InterruptedException {
    close();
    thread.join(PATIENCE.toMillis());
    assertThat(thread.isAlive()).isFalse();
    return List.copyOf(written);
  }

  /** Whatever was neither 201 nor 503 with a Retry-After. */
  Queue<String> failures() {
    return failures;
  }

  /** How many answers were 503. */
  int unavailable() {
    return unavailable.get();
  }

  /** Waits for some more that are written, or for a failure. */
  void awaitMore() {
    int enough = written.size() + 5;
    await().atMost(PATIENCE).until(() -> written.size() >= enough || !failures.isEmpty());
  }

  @Override
  public void close() {
    over = true;
  }

  private void write() {
    int number = 0;
    while (!over) {
      try (KeptConnection connection = new KeptConnection(port)) {
        while (!over && !connection.isOver()) {
          number += register(connection, prefix + number) ? 1 : 0;
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      } catch (IOException e) {
        failures.add(new UncheckedIOException(e).toString());
      }
    }
  }

  /** Whether it is registered now. */
  private boolean register(KeptConnection connection, String tenant) throws IOException {
    String body = "{\"name\":\"" + tenant + "\"}";
    connection.send(
        String.join(
            "\r\n",
            "POST /api/v1/tenants HTTP/1.1",
            "Host: localhost",
            "Authorization: " + authorization,
            "Content-Type: application/json",
            "Idempotency-Key: " + tenant,
            "Content-Length: " + body.length(),
            "",
            body));
    int status = connection.status();
    if (status == 201) {
      written.add(tenant);
      return true;
    }
    if (status == 503 && connection.hasRetryAfter()) {
      unavailable.incrementAndGet();
    } else {
      failures.add(tenant + ": " + status);
    }
    return false;
  }

  private static String operatorsToken(Installation installation) {
    int provider = installation.port(Ports.Use.IDENTITY_PROVIDER);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(IdentityProvider.issuer(provider) + "/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "grant_type=client_credentials&client_id=operator&client_secret=operator"))
            .build();
    try {
      return String.valueOf(JSONObjectUtils.parse(Http.send(request).body()).get("access_token"));
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }
}
