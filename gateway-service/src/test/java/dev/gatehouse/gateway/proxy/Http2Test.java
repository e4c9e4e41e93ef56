package dev.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class Http2Test {

  private final RawBackend backend = new RawBackend();
  private TestGateway gateway;
  private HttpClient client;

  @BeforeEach
  void start() {
    gateway = TestGateway.with(TestGateway.trust()).api("demo", "any", backend.url()).start();
    client =
        gateway
            .vertx()
            .createHttpClient(
                new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false));
  }

  @AfterEach
  void stop() {
    gateway.close();
    backend.close();
  }

  @Test
  void aRequestWithoutABodyHasNoneBehindTheGateway() {
    HttpClientResponse answer = TestGateway.await(request(HttpMethod.GET).compose(r -> r.send()));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.version()).isEqualTo(HttpVersion.HTTP_2);
    assertThat(backend.last().values("transfer-encoding")).isEmpty();
    assertThat(backend.last().values("content-length")).isEmpty();
    assertThat(backend.last().value("x-scope-orgid")).isEqualTo("acme");
    assertThat(backend.last().value("via")).isEqualTo("2.0 gatehouse");
    assertThat(backend.last().value("x-forwarded-host")).isEqualTo("demo.acme.example.test");
  }

  @Test
  void aBodyOfUnknownLengthIsSentInChunks() throws IOException {
    CompletableFuture<String> received = new CompletableFuture<>();
    backend.answers(
        (request, socket) -> {
          received.complete(new String(request.readBody(), StandardCharsets.UTF_8));
          RawBackend.ok(request, socket, "ok");
        });

    HttpClientResponse answer =
        TestGateway.await(
            request(HttpMethod.POST)
                .compose(
                    r -> {
                      r.setChunked(true);
                      r.write("one ");
                      r.write("two");
                      r.end();
                      return r.response();
                    }));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(received).isCompletedWithValue("one two");
    assertThat(backend.last().value("transfer-encoding")).isEqualTo("chunked");
  }

  @Test
  void aBodyOfKnownLengthKeepsItsLength() {
    HttpClientResponse answer =
        TestGateway.await(request(HttpMethod.POST).compose(r -> r.send(Buffer.buffer("hello"))));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(backend.last().value("content-length")).isEqualTo("5");
  }

  @Test
  void trailersOfTheAnswerArrive() {
    backend.answers(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 42\r\n\r\n");

    HttpClientResponse answer =
        TestGateway.await(
            request(HttpMethod.GET)
                .compose(r -> r.send().compose(response -> response.body().map(body -> response))));

    assertThat(answer.getTrailer("x-sum")).isEqualTo("42");
  }

  @Test
  void anAnswerThatBreaksOffResetsTheStreamAndNotTheOthers() {
    backend.answers(
        (request, socket) -> {
          if (request.line().contains("broken")) {
            RawBackend.send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
            socket.close();
          } else {
            RawBackend.ok(request, socket, "ok");
          }
        });

    Future<Buffer> broken =
        request(HttpMethod.GET, "/broken").compose(r -> r.send().compose(answer -> answer.body()));
    await().until(broken::isComplete);
    HttpClientResponse next = TestGateway.await(request(HttpMethod.GET).compose(r -> r.send()));

    assertThat(broken.failed()).isTrue();
    assertThat(next.statusCode()).isEqualTo(200);
  }

  @Test
  void aRefusalDoesNotWaitForTheBody() {
    HttpClientResponse answer =
        TestGateway.await(
            client
                .request(options(HttpMethod.POST, "/x"))
                .compose(
                    r -> {
                      r.setChunked(true);
                      r.write(Buffer.buffer(new byte[1000]));
                      return r.response();
                    }));
    HttpClientResponse next = TestGateway.await(request(HttpMethod.GET).compose(r -> r.send()));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(next.statusCode()).isEqualTo(200);
  }

  @Test
  void aStreamThatIsResetEndsTheRequestToTheUpstream() {
    CompletableFuture<Void> cut = new CompletableFuture<>();
    backend.answers(
        (request, socket) -> {
          request.in().read();
          cut.complete(null);
        });

    HttpClientRequest sent = TestGateway.await(request(HttpMethod.GET));
    Future<HttpClientResponse> answer = sent.send();
    await().until(() -> !backend.received().isEmpty());
    sent.reset();

    await().until(cut::isDone);
    assertThatThrownBy(() -> TestGateway.await(answer)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void uploadsThatTheUpstreamDoesNotTakeHoldUpNoOtherStream() {
    CompletableFuture<Void> end = new CompletableFuture<>();
    backend.answers(
        (request, socket) -> {
          if (request.line().contains("/stuck")) {
            end.join();
          } else {
            RawBackend.ok(request, socket, "got " + request.readBody().length);
          }
        });
    AtomicLong sent = new AtomicLong();
    for (int i = 0; i < 8; i++) {
      HttpClientRequest stuck = TestGateway.await(request(HttpMethod.POST, "/stuck"));
      stuck.setChunked(true);
      stuck.exceptionHandler(gone -> {});
      stuck.drainHandler(drained -> fill(stuck, sent));
      fill(stuck, sent);
    }
    BackPressureTest.awaitStandstill(sent);
    assertThat(sent.get()).isLessThan(128L * 1024 * 1024);

    Buffer body = Buffer.buffer(new byte[256 * 1024]);
    HttpClientResponse answer =
        TestGateway.await(request(HttpMethod.POST).compose(r -> r.send(body)));

    assertThat(answer.statusCode()).isEqualTo(200);
    end.complete(null);
  }

  private static void fill(HttpClientRequest request, AtomicLong sent) {
    Buffer block = Buffer.buffer(new byte[16 * 1024]);
    while (!request.writeQueueFull()) {
      request.write(block);
      sent.addAndGet(block.length());
    }
  }

  private Future<HttpClientRequest> request(HttpMethod method) {
    return request(method, "/x");
  }

  private Future<HttpClientRequest> request(HttpMethod method, String path) {
    return client
        .request(options(method, path))
        .map(r -> r.putHeader("Authorization", "Bearer " + Tokens.of("acme")));
  }

  private RequestOptions options(HttpMethod method, String path) {
    return new RequestOptions()
        .setMethod(method)
        .setURI(path)
        .setHost("demo.acme.example.test")
        .setPort(80)
        .setServer(SocketAddress.inetSocketAddress(gateway.port(), "127.0.0.1"));
  }
}
