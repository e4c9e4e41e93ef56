package dev.gatehouse.gateway.control;

import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.gateway.proxy.RequestId;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/** Calls a service with the API key, on behalf of a caller. */
final class ServiceClient {

  private static final int CONNECT_MILLIS = 1_000;
  private static final int MAX_CONNECTIONS = 64;
  private static final int MAX_WAITING = 256;

  /** What a client may say to a service; everything else stays here. */
  private static final List<String> PASSED_ON =
      List.of("Accept", "Content-Type", "If-Match", "If-None-Match", "Idempotency-Key");

  private final HttpClient client;
  private final AuthApiKey key;
  private final String tenantService;
  private final String keyService;

  ServiceClient(Vertx vertx, AuthApiKey key, ServicesConfig services) {
    this.key = key;
    this.tenantService = base(services.tenantServiceUrl());
    this.keyService = base(services.keyServiceUrl());
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS).setKeepAliveTimeout(15),
            new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS).setMaxWaitQueueSize(MAX_WAITING));
  }

  /** The head of the service's answer, or a failure if it is not there in time. */
  Future<HttpClientResponse> call(
      HttpServerRequest from,
      ControlRoute.To route,
      ControlCaller caller,
      Buffer body,
      String requestId) {
    return client
        .request(options(from.method(), route))
        .compose(
            call -> {
              writeHeaders(call.headers(), from, caller, requestId);
              from.response().closeHandler(gone -> cancel(call, from));
              return send(call, route, body);
            });
  }

  /** A call that is through must not be touched: its connection serves the next one already. */
  private static void cancel(HttpClientRequest call, HttpServerRequest from) {
    if (!from.response().ended()) {
      call.reset();
    }
  }

  private RequestOptions options(HttpMethod method, ControlRoute.To route) {
    return new RequestOptions()
        .setMethod(method)
        .setAbsoluteURI(
            (route.service() == Service.TENANTS ? tenantService : keyService) + route.target())
        .setConnectTimeout(CONNECT_MILLIS)
        .setIdleTimeout(route.patience().toMillis());
  }

  private static String base(URI url) {
    String text = url.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  private static Future<HttpClientResponse> send(
      HttpClientRequest call, ControlRoute.To route, Buffer body) {
    return route.mediaTypes().isEmpty() ? call.send() : call.send(body);
  }

  private void writeHeaders(
      MultiMap headers, HttpServerRequest from, ControlCaller caller, String requestId) {
    for (String name : PASSED_ON) {
      String value = from.getHeader(name);
      if (value != null) {
        headers.set(name, value);
      }
    }
    headers.set(AuthApiKey.HEADER, key.toSend());
    headers.set(Caller.TENANT_HEADER, caller.reach().text());
    caller.username().ifPresent(name -> headers.set(Caller.USERNAME_HEADER, name.value()));
    headers.set(
        Caller.SCOPES_HEADER,
        caller.scopes().stream().map(Scope::value).sorted().collect(Collectors.joining(" ")));
    headers.set(Caller.CLIENT_HEADER, from.remoteAddress().hostAddress());
    headers.set(RequestId.HEADER, requestId);
    headers.remove(HttpHeaders.EXPECT);
  }
}
