package dev.gatehouse.gateway.proxy;

import dev.gatehouse.gateway.request.RequestBody;
import dev.gatehouse.gateway.request.RequestId;
import dev.gatehouse.gateway.upstream.ProxyConfig;
import dev.gatehouse.gateway.upstream.Upstream;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;

/** How a request looks that goes to an upstream. */
final class UpstreamCall {

  private static final CharSequence FORWARDED_FOR = HttpHeaders.createOptimized("X-Forwarded-For");
  private static final CharSequence FORWARDED_PROTO =
      HttpHeaders.createOptimized("X-Forwarded-Proto");
  private static final CharSequence FORWARDED_HOST =
      HttpHeaders.createOptimized("X-Forwarded-Host");
  private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized(RequestId.HEADER);
  private static final CharSequence VIA = HttpHeaders.createOptimized("Via");
  private static final CharSequence VIA_HTTP1 = HttpHeaders.createOptimized("1.1 gatehouse");
  private static final CharSequence VIA_HTTP2 = HttpHeaders.createOptimized("2.0 gatehouse");
  private static final CharSequence CONTINUE = HttpHeaders.createOptimized("100-continue");

  private final long connectMillis;

  UpstreamCall(ProxyConfig config) {
    this.connectMillis = config.connectTimeout().toMillis();
  }

  Future<HttpClientRequest> open(HttpClient client, HttpMethod method, Passage passage) {
    Upstream upstream = passage.upstream();
    return client.request(
        new RequestOptions()
            .setMethod(method)
            .setServer(upstream.address())
            .setHost(upstream.host())
            .setPort(upstream.port())
            .setSsl(upstream.tls())
            .setURI(passage.uri())
            .setConnectTimeout(connectMillis));
  }

  /** What the client may say first, then what only we say, so that ours stands. */
  void writeHeaders(MultiMap headers, Exchange exchange, Passage passage, RequestBody body) {
    HttpServerRequest request = exchange.request();
    exchange.headers().copyTo(headers);
    headers.set(passage.tenantHeader(), passage.orgId().value());
    headers.set(FORWARDED_FOR, request.remoteAddress().hostAddress());
    headers.set(FORWARDED_PROTO, request.scheme());
    headers.set(FORWARDED_HOST, exchange.authority());
    headers.set(REQUEST_ID, exchange.id());
    headers.add(VIA, request.version().alpnName().startsWith("h2") ? VIA_HTTP2 : VIA_HTTP1);
    if (body == RequestBody.SIZED) {
      headers.set(HttpHeaders.CONTENT_LENGTH, request.getHeader(HttpHeaders.CONTENT_LENGTH));
    }
    if (body != RequestBody.NONE && exchange.headers().expectsContinue()) {
      headers.set(HttpHeaders.EXPECT, CONTINUE);
    }
  }
}
