package dev.gatehouse.gateway.control;

import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.gateway.request.RequestId;
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
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Calls a service with the API key, on behalf of a caller. */
final class ServiceClient {

  private static final int CONNECT_MILLIS = 1_000;
  private static final int MAX_CONNECTIONS = 64;
  private static final int MAX_WAITING = 256;
  private static final String JSON = "application/json";
  private static final Buffer NOTHING_SAID = Buffer.buffer("{}");

  /** What a client may say to a service; everything else stays here. */
  private static final List<String> PASSED_ON =
      List.of("Accept", "Content-Type", "If-Match", "If-None-Match", "Idempotency-Key");

  private final HttpClient client;
  private final AuthApiKey key;
  private final String tenantService;
  private final String keyService;

  /**
   * A question of the gateway's own, and what the service is told about whom it is asked for.
   *
   * @param target path and query
   * @param body none: without one
   * @param patience until the answer is there, to its last byte
   */
  record Question(
      HttpMethod method,
      String target,
      @Nullable JsonObject body,
      Caller caller,
      String requestId,
      Duration patience) {}

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
  Future<HttpClientResponse> pass(
      HttpServerRequest from, ControlRoute.To route, Caller caller, Buffer body, String requestId) {
    return client
        .request(options(from.method(), route.service(), route.target(), route.patience()))
        .compose(
            call -> {
              passOn(from, call.headers());
              introduce(caller, requestId, call.headers());
              from.response().closeHandler(gone -> cancel(call, from));
              return send(call, route.content(), body);
            });
  }

  private static Future<HttpClientResponse> send(
      HttpClientRequest call, Content content, Buffer body) {
    if (content.isNone()) {
      return call.send();
    }
    if (content.optional() && body.length() == 0) {
      call.headers().set(HttpHeaders.CONTENT_TYPE, JSON);
      return call.send(NOTHING_SAID);
    }
    return call.send(body);
  }

  /**
   * What the service answers. Fails with {@link ServiceRefusal}, or with whatever else went wrong.
   */
  Future<JsonObject> ask(Service service, Question question) {
    return client
        .request(options(question.method(), service, question.target(), question.patience()))
        .compose(call -> answer(call, question));
  }

  /** In one step: a body that comes before somebody waits for it is lost. */
  private Future<JsonObject> answer(HttpClientRequest call, Question question) {
    introduce(question.caller(), question.requestId(), call.headers());
    JsonObject body = question.body();
    Future<HttpClientResponse> answer;
    if (body == null) {
      answer = call.send();
    } else {
      call.headers().set(HttpHeaders.CONTENT_TYPE, JSON);
      answer = call.send(body.toBuffer());
    }
    return answer
        .compose(ServiceReply::read)
        .timeout(question.patience().toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(failure -> giveUp(call, failure));
  }

  private static void giveUp(HttpClientRequest call, Throwable failure) {
    if (failure instanceof TimeoutException) {
      call.reset();
    }
  }

  /** A call that is through must not be touched: its connection serves the next one already. */
  private static void cancel(HttpClientRequest call, HttpServerRequest from) {
    if (!from.response().ended()) {
      call.reset();
    }
  }

  private RequestOptions options(
      HttpMethod method, Service service, String target, Duration patience) {
    return new RequestOptions()
        .setMethod(method)
        .setAbsoluteURI((service == Service.TENANTS ? tenantService : keyService) + target)
        .setConnectTimeout(CONNECT_MILLIS)
        .setIdleTimeout(patience.toMillis());
  }

  private static String base(URI url) {
    String text = url.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  private static void passOn(HttpServerRequest from, MultiMap headers) {
    for (String name : PASSED_ON) {
      String value = from.getHeader(name);
      if (value != null) {
        headers.set(name, value);
      }
    }
    headers.remove(HttpHeaders.EXPECT);
  }

  private void introduce(Caller caller, String requestId, MultiMap headers) {
    headers.set(AuthApiKey.HEADER, key.toSend());
    headers.set(Caller.TENANT_HEADER, caller.reach().text());
    caller.username().ifPresent(name -> headers.set(Caller.USERNAME_HEADER, name.value()));
    headers.set(
        Caller.SCOPES_HEADER,
        caller.scopes().stream().map(Scope::value).sorted().collect(Collectors.joining(" ")));
    caller
        .credential()
        .issuer()
        .ifPresent(issuer -> headers.set(Caller.ISSUER_HEADER, issuer.toString()));
    caller.credential().key().ifPresent(id -> headers.set(Caller.KEY_HEADER, id.value()));
    if (!caller.client().isEmpty()) {
      headers.set(Caller.CLIENT_HEADER, caller.client());
    }
    headers.set(RequestId.HEADER, requestId);
  }
}
