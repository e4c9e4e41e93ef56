package dev.gatehouse.gateway.listener;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether it is beyond doubt where an HTTP/1 message ends. RFC 9112 §6 lets a server mend some
 * messages; whoever stands before or behind it may mend them otherwise, and that is how requests
 * are smuggled. So nothing is mended here.
 */
final class Framing {

  private Framing() {}

  /** What is wrong with a request whose lines were read without a complaint; null for nothing. */
  @SuppressWarnings("ReferenceEquality") // Netty has these two for their exact spelling only.
  static @Nullable String flaw(HttpRequest request) {
    HttpVersion version = request.protocolVersion();
    boolean http11 = version == HttpVersion.HTTP_1_1;
    if (!http11 && version != HttpVersion.HTTP_1_0) {
      return "The version of HTTP is neither 1.0 nor 1.1";
    }
    if (request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)) {
      List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
      if (!http11) {
        return "HTTP/1.0 has no Transfer-Encoding";
      }
      if (codings.size() != 1
          || !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0))) {
        return "Transfer-Encoding has to be chunked and nothing else";
      }
    }
    if (!isToken(request.method().name())) {
      return "The method holds a character that is not allowed there";
    }
    return null;
  }

  /** RFC 9110 §5.6.2. */
  private static boolean isToken(String method) {
    for (int i = 0; i < method.length(); i++) {
      char c = method.charAt(i);
      boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
      if (!letter && !(c >= '0' && c <= '9') && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
        return false;
      }
    }
    return !method.isEmpty();
  }
}
