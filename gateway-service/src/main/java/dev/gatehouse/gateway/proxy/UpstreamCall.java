package dev.gatehouse.gateway.proxy;

import dev.gatehouse.gateway.request.RequestBody;
import dev.gatehouse.gateway.request.RequestFields;
import dev.gatehouse.gateway.request.RequestId;
import dev.gatehouse.gateway.request.TrustedProxies;
import dev.gatehouse.gateway.routing.Backend;
import dev.gatehouse.gateway.upstream.Server;
import dev.gatehouse.gateway.upstream.Upstream;
import dev.gatehouse.gateway.upstream.Upstreams;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

/** How a request looks that goes to an upstream. */
@Singleton
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
  private static final CharSequence TE = HttpHeaders.createOptimized("te");
  private static final CharSequence TRAILERS = HttpHeaders.createOptimized("trailers");

  private final Upstreams upstreams;
  private final TrustedProxies proxies;

  UpstreamCall(Upstreams upstreams, TrustedProxies proxies) {
    this.upstreams = upstreams;
    this.proxies = proxies;
  }

  Upstream upstream(Backend backend) {
    return upstreams.of(backend);
  }

  /** What the client may say first, then what only we say, so that ours stands. */
  void writeHeaders(
      RequestFields headers, Exchange exchange, Passage passage, Server server, RequestBody body) {
    HttpServerRequest request = exchange.request();
    exchange.headers().forEach(headers::add);
    writeTenant(headers, exchange, passage);
    writeAuthorization(headers, request, passage.upstream());
    writeSender(headers, request, exchange.authority());
    headers.set(REQUEST_ID, exchange.id());
    exchange.calls(passage.upstream().tls(), server, headers);
    headers.add(VIA, request.version().alpnName().startsWith("h2") ? VIA_HTTP2 : VIA_HTTP1);
    if (body == RequestBody.SIZED) {
      headers.set(HttpHeaders.CONTENT_LENGTH, request.getHeader(HttpHeaders.CONTENT_LENGTH));
    }
    if (body != RequestBody.NONE && exchange.headers().expectsContinue()) {
      headers.set(HttpHeaders.EXPECT, CONTINUE);
    }
    if (RequestBody.isGrpc(request)) {
      headers.set(TE, TRAILERS);
    }
  }

  private static void writeAuthorization(
      RequestFields headers, HttpServerRequest request, Upstream upstream) {
    CharSequence ours = upstream.authorization();
    if (ours != null) {
      headers.set(HttpHeaders.AUTHORIZATION, ours);
    } else if (upstream.forwardsToken()) {
      String theirs = request.getHeader(HttpHeaders.AUTHORIZATION);
      if (theirs != null) {
        headers.set(HttpHeaders.AUTHORIZATION, theirs);
      }
    }
  }

  private void writeSender(RequestFields headers, HttpServerRequest request, String authority) {
    if (proxies.areNone()) {
      headers.set(FORWARDED_FOR, request.remoteAddress().hostAddress());
      headers.set(FORWARDED_PROTO, request.scheme());
      headers.set(FORWARDED_HOST, authority);
    } else {
      TrustedProxies.Sender sender = proxies.sender(request, authority);
      headers.set(FORWARDED_FOR, sender.chain());
      headers.set(FORWARDED_PROTO, sender.proto());
      headers.set(FORWARDED_HOST, sender.host());
    }
  }

  private static void writeTenant(RequestFields headers, Exchange exchange, Passage passage) {
    String orgId = passage.orgId();
    if (orgId != null) {
      headers.set(passage.tenantHeader(), orgId);
    } else {
      headers.remove(passage.tenantHeader());
      for (String claimed : exchange.headers().orgsClaimed(passage.tenantHeader())) {
        headers.add(passage.tenantHeader(), claimed);
      }
    }
  }
}
