package dev.gatehouse.gateway.proxy;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.common.name.Username;
import dev.gatehouse.gateway.answer.Answers;
import dev.gatehouse.gateway.answer.Form;
import dev.gatehouse.gateway.catalog.Operation;
import dev.gatehouse.gateway.limit.Excess;
import dev.gatehouse.gateway.limit.Ticket;
import dev.gatehouse.gateway.observation.Ended;
import dev.gatehouse.gateway.observation.Meters;
import dev.gatehouse.gateway.observation.Observation;
import dev.gatehouse.gateway.observation.Outcome;
import dev.gatehouse.gateway.observation.Trace;
import dev.gatehouse.gateway.request.ClientHeaders;
import dev.gatehouse.gateway.request.RequestFields;
import dev.gatehouse.gateway.request.RequestId;
import dev.gatehouse.gateway.upstream.Server;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One request on the data plane and what is known of it so far. Confined to its event loop. */
final class Exchange {

  private final HttpServerRequest request;
  private final Observation observation;
  private final ClientHeaders headers;
  private final String id;
  private final String authority;
  private final long startedAt = System.nanoTime();
  private final @Nullable Trace trace;
  private @Nullable String api;
  private @Nullable Operation operation;
  private @Nullable TenantId tenant;
  private Optional<Username> username = Optional.empty();
  private Ticket ticket = Ticket.NONE;
  private long upstreamAnsweredAt;
  private long carriedIn;
  private long carriedOut;
  private boolean finished;

  Exchange(
      HttpServerRequest request, String authority, ClientHeaders headers, Observation observation) {
    this.request = request;
    this.authority = authority;
    this.headers = headers;
    this.observation = observation;
    this.id = headers.requestId().orElseGet(RequestId::next);
    this.trace = observation.trace(request);
    observation.meters().started();
  }

  /** Of {@link System#nanoTime()}. */
  long startedAt() {
    return startedAt;
  }

  HttpServerRequest request() {
    return request;
  }

  HttpServerResponse response() {
    return request.response();
  }

  ClientHeaders headers() {
    return headers;
  }

  /** The host that the client asked for, with its port if it gave one. */
  String authority() {
    return authority;
  }

  String id() {
    return id;
  }

  void isFor(String apiName) {
    this.api = apiName;
  }

  void isA(Operation matched) {
    this.operation = matched;
  }

  void actsAs(TenantId tenantId) {
    this.tenant = tenantId;
  }

  void isFrom(Optional<Username> user) {
    this.username = user;
  }

  /** Of the limits that it counts for; given back when it ends. */
  void holds(Ticket letIn) {
    this.ticket = letIn;
  }

  Ticket ticket() {
    return ticket;
  }

  /**
   * The request goes on to an upstream.
   *
   * @param call the headers of what is sent there, all but those of a trace
   */
  void calls(boolean tls, Server server, RequestFields call) {
    if (trace != null) {
      trace.calls(
          call, request.method().name(), tls ? "https" : "http", server.host(), server.port());
    }
  }

  /** The head of the upstream's answer is there. */
  void upstreamAnswers() {
    if (observation.isDetailed()) {
      upstreamAnsweredAt = System.nanoTime();
    }
  }

  /** What its WebSocket has carried since this was said the last time, in bytes. */
  void carried(long in, long out) {
    carriedIn += in;
    carriedOut += out;
    if (tenant != null && api != null) {
      observation.meters().tenant(tenant, api).count(in, out);
    }
  }

  /** It goes on, though enforcement would refuse it. */
  void goesOnDespite(ErrorCode code) {
    if (api != null) {
      observation.meters().reportedOnly(api, code);
    }
  }

  void refuse(Excess excess) {
    if (api != null) {
      observation.meters().tenant(excess.tenant(), api).countOver(excess.limit().label());
    }
    refuse(excess.code(), excess.detail(), excess.retryAfter());
  }

  void refuse(ErrorCode code, String detail) {
    refuse(code, detail, Answers.retryAfter(code));
  }

  /**
   * Refuses it for the moment.
   *
   * @param retryAfterSeconds when trying again may help; at least 1
   */
  void refuse(ErrorCode code, String detail, int retryAfterSeconds) {
    boolean otlp = operation != null && operation.otlp();
    Answers.refuse(request, Form.of(request, otlp), code, detail, id, retryAfterSeconds);
    finish(Outcome.refused(code));
  }

  void finish(Outcome outcome) {
    if (finished) {
      return;
    }
    finished = true;
    ticket.release();
    long nanos = System.nanoTime() - startedAt;
    if (observation.isDetailed()) {
      observation.ended(request, ended(outcome, nanos), trace);
    }
    Meters meters = observation.meters();
    if (tenant != null && api != null) {
      meters
          .tenant(tenant, api)
          .count(outcome, request.bytesRead(), request.response().bytesWritten());
    }
    meters.finished(api, operation == null ? null : operation.kind(), outcome, nanos);
  }

  private Ended ended(Outcome outcome, long nanos) {
    return new Ended(
        id,
        observation.client(request),
        Optional.of(authority),
        Optional.ofNullable(api),
        Optional.ofNullable(operation),
        Optional.ofNullable(tenant),
        username,
        outcome,
        nanos,
        upstreamAnsweredAt == 0
            ? OptionalLong.empty()
            : OptionalLong.of(upstreamAnsweredAt - startedAt),
        carriedIn,
        carriedOut);
  }
}
