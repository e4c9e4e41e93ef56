package dev.gatehouse.common.feed.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.feed.FeedHash;
import dev.gatehouse.common.feed.client.FeedClient.Goodbye;
import dev.gatehouse.common.tls.Authorities;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedClientTest {

  private static final Ask ASK = new Ask(FeedPosition.START, true, Duration.ZERO);

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    join(vertx.close());
  }

  @ParameterizedTest
  @CsvSource({
    "204, ARRIVED",
    "200, ARRIVED",
    "404, ARRIVED",
    "401, NOT_ARRIVED",
    "503, NOT_ARRIVED",
    "500, UNCERTAIN",
    "504, UNCERTAIN",
  })
  void whatIsKnownOfAGoodbye(int status, Goodbye expected) {
    FeedClient client = client(request -> request.response().setStatusCode(status).end());

    assertThat(join(client.goodbye("w"))).isEqualTo(expected);
  }

  @Test
  void aGoodbyeToAClosedPortDidNotArrive() throws IOException {
    try (Socket bound = new Socket()) { // Nobody listens there, and nobody else can.
      bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

      assertThat(join(client(bound.getLocalPort()).goodbye("w"))).isEqualTo(Goodbye.NOT_ARRIVED);
    }
  }

  @Test
  void aGoodbyeOnAConnectionThatBrokeIsUncertain() {
    FeedClient client = client(request -> request.connection().close());

    assertThat(join(client.goodbye("w"))).isEqualTo(Goodbye.UNCERTAIN);
  }

  @ParameterizedTest
  @CsvSource({
    "409, '{\"code\":\"feed_history_differs\"}', OtherHistory",
    "409, '{\"code\":\"other\"}', Refused",
    "409, nonsense, Refused",
    "401, '[]', Refused",
    "500, '', Unreachable",
    "503, '{}', Unreachable",
    "200, '{}', Refused",
    "200, nonsense, Refused",
    "200, '', Refused",
  })
  void whatAnAnswerMeans(int status, String body, String expected) {
    FeedClient client = client(request -> request.response().setStatusCode(status).end(body));

    Answer answer = join(client.ask(ASK, Optional.empty()));

    assertThat(answer.getClass().getSimpleName()).isEqualTo(expected);
  }

  @Test
  void anotherHistoryMayBringWordThatItWasAccepted() {
    assertThat(otherHistory(Optional.of("accepted")).acceptance()).contains("accepted");
    assertThat(otherHistory(Optional.empty()).acceptance()).isEmpty();
  }

  @Test
  void aConnectionThatBreaksOrIsRefusedCountsAsUnreachable() {
    HttpServer server = listen(request -> request.connection().close());
    FeedClient client = client(server.actualPort());

    assertThat(join(client.ask(ASK, Optional.empty()))).isInstanceOf(Answer.Unreachable.class);
    join(server.close());
    assertThat(join(client.ask(ASK, Optional.empty()))).isInstanceOf(Answer.Unreachable.class);
  }

  @Test
  void theQuestionSaysWhoAsksAndFromWhere() {
    FeedPosition position =
        new FeedPosition(Optional.of(UUID.randomUUID()), 1, new FeedHash("ab".repeat(32)));
    FeedClient client =
        client(
            request ->
                request.response().setStatusCode(400).end("{\"code\":\"" + request.uri() + "\"}"));

    Answer answer =
        join(client.ask(new Ask(position, true, Duration.ofSeconds(25)), Optional.of("before")));

    assertThat(((Answer.Refused) answer).why())
        .contains(
            "/internal/v1/changes?since=1&epoch=" + position.epoch().orElseThrow(),
            "&hash=" + position.hash(),
            "&wait=25000ms",
            "&name=host",
            "&max-staleness=PT15M",
            "&kind=gateway",
            "&watcher=me",
            "&predecessor=before");
  }

  @Test
  void aQuestionThatAcknowledgesNothingComesFromNobodyWhoCounts() {
    FeedClient client =
        client(
            request ->
                request.response().setStatusCode(400).end("{\"code\":\"" + request.uri() + "\"}"));

    Answer answer =
        join(client.ask(new Ask(FeedPosition.START, false, Duration.ZERO), Optional.of("before")));

    assertThat(((Answer.Refused) answer).why())
        .contains("&kind=reader", "&watcher=me-ahead")
        .doesNotContain("predecessor", "epoch", "hash");
  }

  private Answer.OtherHistory otherHistory(Optional<String> acceptance) {
    FeedClient client =
        client(
            request -> {
              acceptance.ifPresent(
                  it -> request.response().putHeader("X-Gatehouse-Accepted-Epoch", it));
              request.response().setStatusCode(409).end("{\"code\":\"feed_history_differs\"}");
            });
    return (Answer.OtherHistory) join(client.ask(ASK, Optional.empty()));
  }

  private FeedClient client(Handler<HttpServerRequest> handler) {
    return client(listen(handler).actualPort());
  }

  private FeedClient client(int port) {
    return new FeedClient(
        vertx,
        URI.create("http://127.0.0.1:" + port),
        Authorities.OF_JAVA,
        new AuthApiKey("k".repeat(AuthApiKey.MIN_LENGTH), Optional.empty()),
        new FeedClient.Self("me", "gateway", "host", Optional.of(Duration.ofMinutes(15))));
  }

  private HttpServer listen(Handler<HttpServerRequest> handler) {
    return join(vertx.createHttpServer().requestHandler(handler).listen(0, "127.0.0.1"));
  }

  private static <T> T join(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
