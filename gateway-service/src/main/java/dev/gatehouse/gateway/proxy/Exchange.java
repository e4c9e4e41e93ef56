package dev.gatehouse.gateway.proxy;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.answer.Answers;
import dev.gatehouse.gateway.catalog.OperationClass;
import dev.gatehouse.gateway.observation.Meters;
import dev.gatehouse.gateway.observation.Outcome;
import dev.gatehouse.gateway.request.ClientHeaders;
import dev.gatehouse.gateway.request.RequestId;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/** One request on the data plane and what is known of it so far. Confined to its event loop. */
final class Exchange {

  private final HttpServerRequest request;
  private final Meters meters;
  private final ClientHeaders headers;
  private final String id;
  private final String authority;
  private final long startedAt = System.nanoTime();
  private @Nullable String api;
  private @Nullable OperationClass kind;
  private @Nullable TenantId tenant;
  private boolean finished;

  Exchange(HttpServerRequest request, String authority, ClientHeaders headers, Meters meters) {
    this.request = request;
    this.authority = authority;
    this.headers = headers;
    this.meters = meters;
    this.id = headers.requestId().orElseGet(RequestId::next);
    meters.started();
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

  void isA(OperationClass operationClass) {
    this.kind = operationClass;
  }

  void actsAs(TenantId tenantId) {
    this.tenant = tenantId;
  }

  void refuse(ErrorCode code, String detail) {
    Answers.refuse(request, code, detail, id);
    finish(Outcome.refused(code));
  }

  void finish(Outcome outcome) {
    if (finished) {
      return;
    }
    finished = true;
    meters.finished(api, kind, outcome, System.nanoTime() - startedAt);
    if (tenant != null && api != null) {
      meters
          .tenant(tenant, api)
          .count(outcome, request.bytesRead(), request.response().bytesWritten());
    }
  }
}
