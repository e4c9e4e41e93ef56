package dev.gatehouse.gateway.connector;

import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.impl.headers.HeadersMultiMap;

/**
 * Reads answers, one after the other, each of which has to be expected. Characters of headers are
 * looked at when they are copied for the client, and not twice.
 */
final class AnswerDecoder extends HttpResponseDecoder {

  private boolean toHead;
  private boolean ambiguous;

  AnswerDecoder(int maxHeaders) {
    super(
        new HttpDecoderConfig().setMaxHeaderSize(maxHeaders).setMaxChunkSize(Connector.MAX_CHUNK));
  }

  /** An answer to HEAD ends at its head, whatever it says of its length. */
  void expectsAnswerTo(HttpMethod method) {
    toHead = method.equals(HttpMethod.HEAD);
    ambiguous = false;
  }

  /** Whether the answer says in two ways where it ends (RFC 9112 §6.3, item 3). */
  boolean isAmbiguous() {
    return ambiguous;
  }

  @Override
  protected HttpMessage createMessage(String[] line) {
    HttpVersion version = HttpVersion.valueOf(line[0]);
    if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
      throw new IllegalArgumentException("An answer of " + version);
    }
    return new DefaultHttpResponse(
        version,
        HttpResponseStatus.valueOf(Integer.parseInt(line[1]), line[2]),
        HeadersMultiMap.headers());
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    return toHead || super.isContentAlwaysEmpty(message);
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    ambiguous = true;
    super.handleTransferEncodingChunkedWithContentLength(message);
  }
}
