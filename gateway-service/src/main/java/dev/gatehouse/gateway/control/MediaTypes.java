package dev.gatehouse.gateway.control;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.TreeSet;

/** Of which kind a body says that it is (RFC 9110 §8.3). */
final class MediaTypes {

  private MediaTypes() {}

  /**
   * Before the body is read.
   *
   * @throws Invalid when it is of a kind that is not taken here
   */
  static void require(HttpServerRequest request, Content content) {
    String header = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (content.isNone() || (content.optional() && header == null)) {
      return;
    }
    int semicolon = header == null ? -1 : header.indexOf(';');
    String type = header == null ? "" : semicolon < 0 ? header : header.substring(0, semicolon);
    if (!content.mediaTypes().contains(type.trim().toLowerCase(Locale.ROOT))) {
      throw unsupported(content);
    }
  }

  /**
   * When it has been read: only a body that is not there needs no kind.
   *
   * @throws Invalid when it is there and says nothing
   */
  static void requireAnyFor(Buffer body, HttpServerRequest request, Content content) {
    if (!content.isNone()
        && body.length() > 0
        && !request.headers().contains(HttpHeaders.CONTENT_TYPE)) {
      throw unsupported(content);
    }
  }

  private static Invalid unsupported(Content content) {
    return new Invalid(
        ErrorCode.MEDIA_TYPE_UNSUPPORTED,
        "Send the body as " + String.join(" or ", new TreeSet<>(content.mediaTypes())));
  }
}
