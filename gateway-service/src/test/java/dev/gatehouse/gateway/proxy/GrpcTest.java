package dev.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** gRPC as what it is on the wire: HTTP/2, messages with a prefix of 5 bytes, trailers. */
@Timeout(60)
class GrpcTest {

  private static final String EXPORT =
      "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
  private static final String SEARCH = "/tempopb.StreamingQuerier/Search";

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final RawBackend http1 = new RawBackend();
  private final AtomicInteger connections = new AtomicInteger();
  private HttpServer backend;
  private TestGateway gateway;
  private HttpClient client;
  private volatile Handler<HttpServerRequest> script = GrpcTest::agree;

  @BeforeEach
  void start() {
    backend =
        TestGateway.await(
            vertx
                .createHttpServer(new HttpServerOptions().setIdleTimeout(0))
                .connectionHandler(connection -> connections.incrementAndGet())
                .requestHandler(request -> script.handle(request))
                .listen(0, "127.0.0.1"));
    gateway =
        TestGateway.with(TestGateway.trust())
            .http2("demo", "http://127.0.0.1:" + backend.actualPort())
            .api("old", "any", http1.url())
            .start();
    client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setHttp2ConnectionWindowSize(4 * 1024 * 1024));
  }

  @AfterEach
  void stop() {
    gateway.close();
    TestGateway.await(vertx.close());
    http1.close();
  }

  @Test
  void aCallArrivesAsItWasSentAndItsStatusReturns() {
    List<HttpServerRequest> received = new CopyOnWriteArrayList<>();
    CompletableFuture<Buffer> message = new CompletableFuture<>();
    script =
        request -> {
          received.add(request);
          request.bodyHandler(
              body -> {
                message.complete(body);
                agree(request);
              });
        };

    AtomicReference<Buffer> body = new AtomicReference<>();
    HttpClientResponse answer = TestGateway.await(whole(export(message("spans")), body));

    HttpServerRequest got = received.get(0);
    assertThat(got.version()).isEqualTo(HttpVersion.HTTP_2);
    assertThat(got.method()).isEqualTo(HttpMethod.POST);
    assertThat(got.path()).isEqualTo(EXPORT);
    assertThat(got.getHeader("te")).isEqualTo("trailers");
    assertThat(got.getHeader("content-type")).isEqualTo("application/grpc");
    assertThat(got.getHeader("grpc-timeout")).isEqualTo("5S");
    assertThat(got.getHeader("x-scope-orgid")).isEqualTo("acme");
    assertThat(got.headers().contains("authorization")).isFalse();
    assertThat(message).isCompletedWithValue(message("spans"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(body).hasValue(message("fine"));
    assertThat(answer.getTrailer("grpc-status")).isEqualTo("0");
    assertThat(answer.getTrailer("grpc-message")).isEqualTo("OK");
    assertThat(answer.getTrailer("grpc-status-details-bin")).isEqualTo("AAAA");
  }

  @Test
  void anAnswerOfTrailersOnlyIsOneFrameThatEndsTheStream() {
    script =
        request ->
            request
                .response()
                .putHeader("content-type", "application/grpc")
                .putHeader("grpc-status", "12")
                .putHeader("grpc-message", "not here")
                .end();

    List<RawHttp2.Frame> frames = raw(message("spans").getBytes());

    assertThat(frames).hasSize(1);
    assertThat(frames.get(0).endsStream()).isTrue();
    assertThat(frames.get(0).headers())
        .containsEntry(":status", "200")
        .containsEntry("grpc-status", "12")
        .containsEntry("grpc-message", "not here");
  }

  @Test
  void anAnswerOfMessagesEndsWithItsTrailers() {
    script = request -> request.endHandler(end -> agree(request));

    List<RawHttp2.Frame> frames = raw(message("spans").getBytes());

    assertThat(frames.get(0).headers()).doesNotContainKey("grpc-status");
    assertThat(frames.get(0).endsStream()).isFalse();
    RawHttp2.Frame last = frames.get(frames.size() - 1);
    assertThat(last.isHeaders()).isTrue();
    assertThat(last.headers()).containsEntry("grpc-status", "0");
  }

  @Test
  void aStreamOfMessagesIsPassedOnOneByOne() {
    CompletableFuture<HttpServerResponse> asked = new CompletableFuture<>();
    script =
        request -> {
          HttpServerResponse response = request.response().setChunked(true);
          response.putHeader("content-type", "application/grpc");
          response.writeHead();
          asked.complete(response);
        };
    Buffer received = Buffer.buffer();
    CompletableFuture<String> status = new CompletableFuture<>();

    TestGateway.await(
        call("demo", SEARCH)
            .compose(this::begun)
            .onSuccess(
                answer -> {
                  answer.handler(received::appendBuffer);
                  answer.endHandler(end -> status.complete(answer.getTrailer("grpc-status")));
                }));
    for (int i = 1; i <= 3; i++) {
      asked.join().write(message("part" + i));
      int length = i * message("part1").length();
      await().until(() -> received.length() == length);
    }
    asked.join().putTrailer("grpc-status", "0").end();

    await().until(status::isDone);
    assertThat(status).isCompletedWithValue("0");
  }

  @Test
  void aCallThatIsCancelledIsCancelledUpstream() {
    CompletableFuture<Throwable> cancelled = new CompletableFuture<>();
    script = request -> request.response().exceptionHandler(cancelled::complete);

    HttpClientRequest call = TestGateway.await(call("demo", SEARCH));
    call.write(message("query"));
    await().until(() -> connections.get() > 0);
    call.reset(8);

    await().until(cancelled::isDone);
  }

  @Test
  void aStreamThatTheUpstreamResetsIsResetAndDoesNotEnd() {
    script =
        request -> {
          HttpServerResponse response = request.response().setChunked(true);
          response.putHeader("content-type", "application/grpc");
          response.write(message("part"));
          vertx.setTimer(50, timer -> response.reset(2));
        };

    Future<Buffer> body = export(message("query")).compose(HttpClientResponse::body);
    await().until(body::isComplete);

    assertThat(body.failed()).isTrue();
  }

  @Test
  void aSlowReaderHoldsUpNoOtherOnTheSameConnection() {
    AtomicLong sent = new AtomicLong();
    script =
        request -> {
          if (request.path().equals(SEARCH)) {
            pour(request.response(), sent);
          } else {
            request.endHandler(end -> agree(request));
          }
        };

    for (int i = 0; i < 8; i++) {
      TestGateway.await(
          call("demo", SEARCH).compose(this::begun).onSuccess(HttpClientResponse::pause));
    }
    BackPressureTest.awaitStandstill(sent);

    for (int i = 0; i < 20; i++) {
      AtomicReference<Buffer> body = new AtomicReference<>();
      TestGateway.await(whole(export(message("spans")), body));
      assertThat(body).hasValue(message("fine"));
    }
    assertThat(sent.get()).isLessThan(32L * 1024 * 1024);
    // One for each event loop of the gateway at most.
    assertThat(connections.get()).isLessThanOrEqualTo(2 + 2);
  }

  @Test
  void aBackendWithoutHttp2TakesNoGrpc() {
    HttpClientResponse answer = TestGateway.await(call("old", EXPORT).compose(this::begun));

    assertThat(http1.received()).isEmpty();
    assertThat(answer.getHeader("grpc-status")).isEqualTo("12");
    assertThat(answer.getHeader("grpc-message")).contains("does not take gRPC");
  }

  @Test
  void grpcOverHttp1IsRefused() {
    RawClient.Answer answer =
        gateway.ask(
            ForwardingTest.request(
                "POST",
                "demo.acme",
                EXPORT,
                Tokens.of("acme"),
                "Content-Type: application/grpc+proto\r\nContent-Length: 0\r\n"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("gRPC needs HTTP/2");
    assertThat(connections).hasValue(0);
  }

  @Test
  void whatIsNoGrpcMayGoToTheSameBackend() {
    script = request -> request.response().end("plain");

    RawClient.Answer answer =
        gateway.ask(ForwardingTest.request("GET", "demo.acme", "/x", Tokens.of("acme"), ""));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("plain");
  }

  private List<RawHttp2.Frame> raw(byte[] message) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(":method", "POST");
    headers.put(":scheme", "http");
    headers.put(":path", EXPORT);
    headers.put(":authority", "demo.acme.example.test");
    headers.put("content-type", "application/grpc");
    headers.put("te", "trailers");
    headers.put("authorization", "Bearer " + Tokens.of("acme"));
    try (RawHttp2 raw = new RawHttp2(gateway.port())) {
      return raw.ask(headers, message, true);
    }
  }

  private Future<HttpClientResponse> export(Buffer message) {
    return call("demo", EXPORT).compose(call -> call.send(message));
  }

  private static Future<HttpClientResponse> whole(
      Future<HttpClientResponse> answer, AtomicReference<Buffer> body) {
    return answer.compose(got -> got.body().onSuccess(body::set).map(any -> got));
  }

  private Future<HttpClientResponse> begun(HttpClientRequest call) {
    call.write(message("query"));
    call.end();
    return call.response();
  }

  private Future<HttpClientRequest> call(String api, String path) {
    return client
        .request(
            new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setURI(path)
                .setHost(api + ".acme.example.test")
                .setPort(80)
                .setServer(SocketAddress.inetSocketAddress(gateway.port(), "127.0.0.1")))
        .map(
            call ->
                call.setChunked(true)
                    .putHeader("Authorization", "Bearer " + Tokens.of("acme"))
                    .putHeader("Content-Type", "application/grpc")
                    .putHeader("TE", "trailers")
                    .putHeader("grpc-timeout", "5S"));
  }

  private static void agree(HttpServerRequest request) {
    request
        .response()
        .setChunked(true)
        .putHeader("content-type", "application/grpc")
        .putTrailer("grpc-status", "0")
        .putTrailer("grpc-message", "OK")
        .putTrailer("grpc-status-details-bin", "AAAA")
        .end(message("fine"));
  }

  private static void pour(HttpServerResponse response, AtomicLong sent) {
    response.setChunked(true).putHeader("content-type", "application/grpc");
    Buffer block = Buffer.buffer(new byte[16 * 1024]);
    fill(response, block, sent);
    response.drainHandler(drained -> fill(response, block, sent));
  }

  private static void fill(HttpServerResponse response, Buffer block, AtomicLong sent) {
    while (!response.writeQueueFull() && sent.get() < 256L * 1024 * 1024) {
      response.write(block);
      sent.addAndGet(block.length());
    }
  }

  /** Not compressed, and how long it is. */
  private static Buffer message(String text) {
    return Buffer.buffer().appendByte((byte) 0).appendInt(text.length()).appendString(text);
  }
}
