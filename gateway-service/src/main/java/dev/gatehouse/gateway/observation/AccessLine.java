package dev.gatehouse.gateway.observation;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Instant;
import java.util.Optional;

/**
 * One line of the access log: what an event loop takes down in passing, and another thread writes
 * out. Its size is bounded, whatever a client sends.
 *
 * @param target path and query as they were sent
 * @param status what the client has seen of the answer; 0 for nothing
 */
record AccessLine(
    long atMillis,
    String method,
    String target,
    HttpVersion protocol,
    int status,
    long bytesIn,
    long bytesOut,
    Optional<String> userAgent,
    Ended ended) {

  private static final int MAX_TARGET = 2_048;
  private static final int MAX_HOST = 255;
  private static final int MAX_USER_AGENT = 256;

  static AccessLine of(HttpServerRequest request, Ended ended) {
    HttpServerResponse response = request.response();
    return new AccessLine(
        System.currentTimeMillis(),
        request.method().name(),
        cut(request.uri() == null ? "" : request.uri(), MAX_TARGET),
        request.version(),
        response.headWritten() ? response.getStatusCode() : 0,
        request.bytesRead() + ended.carriedIn(),
        response.bytesWritten() + ended.carriedOut(),
        Optional.ofNullable(request.getHeader(HttpHeaders.USER_AGENT))
            .map(agent -> cut(agent, MAX_USER_AGENT)),
        ended);
  }

  void writeTo(StringBuilder out, boolean query) {
    JsonLine line = new JsonLine(out);
    line.text("time", Instant.ofEpochMilli(atMillis).toString());
    line.text("requestId", Redaction.of(ended.requestId()));
    line.text("client", ended.client());
    line.text("method", cut(method, 32));
    ended.host().ifPresent(host -> line.text("host", Redaction.of(cut(host, MAX_HOST))));
    writeTarget(line, query);
    line.text("protocol", name(protocol));
    ended.api().ifPresent(api -> line.text("api", api));
    ended.operation().ifPresent(operation -> line.text("operation", operation.kind().access()));
    ended.tenant().ifPresent(tenant -> line.text("tenant", tenant.value()));
    ended.username().ifPresent(username -> line.text("username", username.value()));
    line.text(
        "outcome", ended.outcome().refusal().isPresent() ? "refused" : ended.outcome().label());
    ended.outcome().refusal().ifPresent(code -> line.text("code", code.code()));
    if (status > 0) {
      line.number("status", status);
    }
    line.number("bytesIn", bytesIn);
    line.number("bytesOut", bytesOut);
    line.millis("durationMs", ended.nanos());
    ended.upstreamNanos().ifPresent(nanos -> line.millis("upstreamMs", nanos));
    userAgent.ifPresent(agent -> line.text("userAgent", Redaction.of(agent)));
    line.end();
  }

  /** Without the credentials that a target in absolute-form can hold. */
  private void writeTarget(JsonLine line, boolean query) {
    int scheme = target.startsWith("/") ? -1 : target.indexOf("://");
    int path = scheme < 0 ? 0 : target.indexOf('/', scheme + 3);
    int mark = target.indexOf('?', Math.max(path, 0));
    int end = mark < 0 ? target.length() : mark;
    line.text("path", path < 0 || path > end ? "" : Redaction.of(target.substring(path, end)));
    if (query && mark >= 0) {
      line.text("query", Redaction.ofQuery(target.substring(mark + 1)));
    }
  }

  private static String name(HttpVersion version) {
    return switch (version) {
      case HTTP_1_0 -> "1.0";
      case HTTP_1_1 -> "1.1";
      case HTTP_2 -> "2";
    };
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }
}
