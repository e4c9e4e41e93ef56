package dev.gatehouse.gateway.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.gateway.proxy.RawClient;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Refusals of requests over HTTP/1.1; those over HTTP/2 are with the data plane. */
class FormTest {

  private final Vertx vertx = Vertx.vertx();
  private final List<Form> seen = new CopyOnWriteArrayList<>();
  private volatile ErrorCode code = ErrorCode.OVERLOADED;
  private volatile boolean otlp;
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        vertx
            .createHttpServer()
            .requestHandler(this::refuse)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /v1/traces, application/x-protobuf, OTLP_PROTOBUF",
    "POST, /v1/metrics, application/x-protobuf, OTLP_PROTOBUF",
    "POST, /v1/logs, application/x-protobuf, OTLP_PROTOBUF",
    "POST, /v1development/profiles, application/x-protobuf, OTLP_PROTOBUF",
    "POST, /otlp/v1/metrics, application/x-protobuf, OTLP_PROTOBUF",
    "POST, /api/v1/otlp/v1/metrics, application/x-protobuf, OTLP_PROTOBUF",
    "POST, /v1/traces?x=y, application/x-protobuf, OTLP_PROTOBUF",
    "POST, /v1/traces, Application/X-Protobuf; charset=x, OTLP_PROTOBUF",
    "POST, /v1/traces, application/json, OTLP_JSON",
    "POST, /v1/traces, application/json;charset=utf-8, OTLP_JSON",
    "POST, /v1/traces, text/plain, PROBLEM",
    "POST, /v1/traces, application/jsonp, PROBLEM",
    "POST, /v1/traces, application/x-protobuffer, PROBLEM",
    "POST, /v1/traces, '', PROBLEM",
    "GET, /v1/traces, application/json, PROBLEM",
    "POST, /v1/traces/, application/json, PROBLEM",
    "POST, /x?/v1/traces, application/json, PROBLEM",
    "POST, /api/v1/push, application/x-protobuf, PROBLEM",
    "POST, /x, application/json, PROBLEM",
    "POST, /x, application/grpc, PROBLEM",
    "POST, /v1/traces, application/grpc, PROBLEM",
  })
  void theClientsProtocolDecides(String method, String path, String type, Form form) {
    ask(method, path, type);

    assertThat(seen).containsExactly(form);
  }

  @Test
  void anOperationThatTakesOtlpDoesSoAtAnyPath() {
    otlp = true;
    ask("POST", "/collect", "application/x-protobuf");
    ask("POST", "/collect", "application/json");
    ask("POST", "/collect", "text/plain");

    assertThat(seen).containsExactly(Form.OTLP_PROTOBUF, Form.OTLP_JSON, Form.PROBLEM);
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void everyFormKeepsStatusChallengeAndPause(ErrorCode each) {
    code = each;
    for (String type : List.of("text/plain", "application/json", "application/x-protobuf")) {
      RawClient.Answer answer = ask("POST", "/v1/traces", type);

      assertThat(answer.status()).isEqualTo(each.status());
      assertThat(answer.values("www-authenticate"))
          .hasSize(each.status() == 401 || each.status() == 403 ? 1 : 0);
      assertThat(answer.values("retry-after"))
          .isEqualTo(each.status() == 429 || each.status() == 503 ? List.of("7") : List.of());
      assertThat(answer.value("cache-control")).isEqualTo("no-store");
      assertThat(answer.value("x-request-id")).isEqualTo("r-1");
      assertThat(answer.body()).contains(each.code(), "It is so");
    }
  }

  @Test
  void aJsonClientGetsNeverProtobufAndAProtobufClientNeverJson() {
    RawClient.Answer json = ask("POST", "/v1/traces", "application/json");
    RawClient.Answer protobuf = ask("POST", "/v1/traces", "application/x-protobuf");
    RawClient.Answer plain = ask("POST", "/v1/traces", "text/plain");

    assertThat(json.value("content-type")).isEqualTo("application/json");
    assertThat(json.body())
        .isEqualTo("{\"code\":14,\"message\":\"overloaded: It is so (request r-1)\"}");
    assertThat(protobuf.value("content-type")).isEqualTo("application/x-protobuf");
    assertThat(protobuf.body()).isEqualTo("\b\16\22\42overloaded: It is so (request r-1)");
    assertThat(plain.value("content-type")).isEqualTo("application/problem+json");
    assertThat(plain.body()).startsWith("{\"code\":\"overloaded\",\"detail\":\"It is so\"");
  }

  private void refuse(HttpServerRequest request) {
    Form form = Form.of(request, otlp);
    seen.add(form);
    Answers.refuse(request, form, code, "It is so", "r-1", 7);
  }

  private RawClient.Answer ask(String method, String path, String type) {
    try (RawClient client = new RawClient(server.actualPort())) {
      return client
          .send(
              method
                  + " "
                  + path
                  + " HTTP/1.1\r\nHost: x\r\n"
                  + (type.isEmpty() ? "" : "Content-Type: " + type + "\r\n")
                  + "Content-Length: 0\r\n\r\n")
          .answer(method);
    }
  }
}
