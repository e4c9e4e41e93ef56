package dev.gatehouse.gateway.observation;

import dev.gatehouse.gateway.request.RequestFields;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapSetter;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request in a trace: a span for it, and one for the call that it causes. Names and attributes
 * are those of the semantic conventions for HTTP; ours begin with {@code gatehouse}. Confined to
 * the request's event loop.
 */
public final class Trace {

  private static final TextMapSetter<RequestFields> HEADERS =
      (headers, name, value) -> {
        if (headers != null) {
          headers.set(name, value);
        }
      };
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT");
  private static final int MAX_TEXT = 1_024;

  private final Tracer tracer;
  private final Span server;
  private @Nullable Span client;

  Trace(Tracer tracer, Span server) {
    this.tracer = tracer;
    this.server = server;
  }

  /** One of a few, whatever a client sends: methods are names of spans. */
  static String method(String name) {
    return METHODS.contains(name) ? name : "HTTP";
  }

  /**
   * The request goes on.
   *
   * @param headers those of the call, which say from now on what it belongs to
   */
  public void calls(RequestFields headers, String method, String scheme, String host, int port) {
    if (client != null) {
      client.setStatus(StatusCode.ERROR).end();
    }
    Span span =
        tracer
            .spanBuilder(method(method))
            .setSpanKind(SpanKind.CLIENT)
            .setParent(Context.root().with(server))
            .startSpan();
    if (span.isRecording()) {
      span.setAttribute("http.request.method", method(method));
      span.setAttribute("url.scheme", scheme);
      span.setAttribute("server.address", host);
      span.setAttribute("server.port", (long) port);
    }
    client = span;
    headers.remove("traceparent");
    headers.remove("tracestate");
    Traces.PROPAGATOR.inject(Context.root().with(span), headers, HEADERS);
  }

  void end(HttpServerRequest request, Ended ended) {
    endClient(request.response(), ended);
    if (server.isRecording()) {
      describe(request, ended);
    }
    server.end();
  }

  private void endClient(HttpServerResponse response, Ended ended) {
    Span call = client;
    if (call == null) {
      return;
    }
    boolean answered = ended.upstreamNanos().isPresent() && ended.outcome().refusal().isEmpty();
    if (answered) {
      call.setAttribute("http.response.status_code", (long) response.getStatusCode());
    }
    if (!answered || response.getStatusCode() >= 400 || ended.outcome() == Outcome.BROKEN) {
      call.setStatus(StatusCode.ERROR);
      call.setAttribute("error.type", ended.outcome().label());
    }
    call.end();
  }

  private void describe(HttpServerRequest request, Ended ended) {
    String method = method(request.method().name());
    ended
        .operation()
        .ifPresent(
            operation -> {
              server.updateName(method + " " + operation.name());
              server.setAttribute("http.route", operation.name());
              server.setAttribute("gatehouse.operation", operation.kind().access());
            });
    server.setAttribute("http.request.method", method);
    server.setAttribute("url.scheme", request.scheme());
    if (request.path() != null) {
      server.setAttribute("url.path", text(request.path()));
    }
    server.setAttribute("client.address", ended.client());
    ended.host().ifPresent(host -> server.setAttribute("server.address", text(hostOf(host))));
    server.setAttribute("gatehouse.request_id", Redaction.of(ended.requestId()));
    server.setAttribute("gatehouse.outcome", ended.outcome().label());
    ended.api().ifPresent(api -> server.setAttribute("gatehouse.api", api));
    ended.tenant().ifPresent(tenant -> server.setAttribute("gatehouse.tenant", tenant.value()));
    ended.outcome().refusal().ifPresent(code -> server.setAttribute("gatehouse.code", code.code()));
    if (request.response().headWritten()) {
      server.setAttribute("http.response.status_code", (long) request.response().getStatusCode());
    }
    if (ended.outcome().coarse().equals("server_error")) {
      server.setStatus(StatusCode.ERROR);
      server.setAttribute("error.type", ended.outcome().label());
    }
  }

  private static String hostOf(String authority) {
    int port = authority.lastIndexOf(':');
    return port < 0 || authority.endsWith("]") ? authority : authority.substring(0, port);
  }

  private static String text(String text) {
    String redacted = Redaction.of(text);
    return redacted.length() <= MAX_TEXT ? redacted : redacted.substring(0, MAX_TEXT);
  }
}
