package dev.gatehouse.key.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.common.tls.Authorities;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BoundedFetchTest {

  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final Vertx vertx = Vertx.vertx();
  private final BoundedFetch fetch = new BoundedFetch(vertx, Authorities.OF_JAVA);
  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server = newServer();

  @BeforeEach
  void start() {
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aSmallAnswerIsGivenWithItsHeaders() {
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Cache-Control", "max-age=60");
          answer(exchange, 200, exchange.getRequestHeaders().getFirst("X-Test").getBytes(UTF_8));
        });

    Fetched fetched = get("/");

    assertThat(fetched.status()).isEqualTo(200);
    assertThat(fetched.body()).isEqualTo("sent");
    assertThat(fetched.header("cache-control")).contains("max-age=60");
    assertThat(fetched.header("absent")).isEmpty();
  }

  @Test
  void theLargestBodyIsReadAndALargerOneIsRefused() {
    server.createContext("/most", exchange -> answer(exchange, 200, new byte[64 * 1024]));
    server.createContext("/more", exchange -> answer(exchange, 200, new byte[64 * 1024 + 1]));

    assertThat(get("/most").body()).hasSize(64 * 1024);
    assertThatExceptionOfType(FetchFailure.class)
        .isThrownBy(() -> get("/more"))
        .withMessageContaining("more than 65536 octets");
  }

  @Test
  void aRedirectIsNotFollowed() {
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Location", uri("/elsewhere").toString());
          answer(exchange, 302, new byte[0]);
        });

    assertThat(get("/").status()).isEqualTo(302);
  }

  @Test
  void anAnswerThatDripsIsCutOffAtTheDeadline() {
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          drip(exchange.getResponseBody());
        });

    assertThatExceptionOfType(FetchFailure.class)
        .isThrownBy(
            () ->
                fetch
                    .get(uri("/"), Route.BY_NAME, Map.of(), Duration.ofMillis(500))
                    .await()
                    .indefinitely())
        .withMessageContaining("no whole answer within 500 ms");
  }

  @Test
  void nobodyThereIsSaid() {
    URI gone = uri("/");
    server.stop(0);

    assertThatExceptionOfType(FetchFailure.class)
        .isThrownBy(() -> fetch.get(gone, Route.BY_NAME, Map.of(), DEADLINE).await().indefinitely())
        .withMessageContaining("cannot be reached");
  }

  @Test
  void anAddressThatIsGivenIsTheOneThatIsConnectedToUnderTheNameOfTheHost() {
    server.createContext(
        "/",
        exchange ->
            answer(exchange, 200, exchange.getRequestHeaders().getFirst("Host").getBytes(UTF_8)));
    int port = server.getAddress().getPort();

    Fetched fetched =
        fetch
            .get(
                URI.create("http://idp.example:" + port + "/"),
                Route.to(InetAddress.getLoopbackAddress()),
                Map.of(),
                DEADLINE)
            .await()
            .indefinitely();

    assertThat(fetched.body()).isEqualTo("idp.example:" + port);
  }

  private Fetched get(String path) {
    return fetch
        .get(uri(path), Route.BY_NAME, Map.of("X-Test", "sent"), DEADLINE)
        .await()
        .indefinitely();
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private void drip(OutputStream body) throws IOException {
    try {
      while (!over.await(50, TimeUnit.MILLISECONDS)) {
        body.write(' ');
        body.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static HttpServer newServer() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
