package dev.gatehouse.gateway.connector;

import dev.gatehouse.gateway.request.RequestBody;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.AsciiString;

/** The head of a request in bytes (RFC 9112 §2.1). */
final class RequestEncoder {

  private static final AsciiString VERSION_AND_HOST = AsciiString.cached(" HTTP/1.1\r\nHost: ");
  private static final AsciiString CHUNKED = AsciiString.cached("Transfer-Encoding: chunked\r\n");
  private static final int COLON_AND_SPACE = ':' << 8 | ' ';
  private static final int CRLF = '\r' << 8 | '\n';

  private static final int USUAL_LENGTH = 512;

  private RequestEncoder() {}

  static ByteBuf encode(RequestHead head, CharSequence authority, ByteBufAllocator allocator) {
    ByteBuf to = allocator.ioBuffer(USUAL_LENGTH);
    write(to, head.method().name());
    to.writeByte(' ');
    write(to, head.uri());
    write(to, VERSION_AND_HOST);
    write(to, authority);
    to.writeShort(CRLF);
    head.fields()
        .forEach(
            (name, value) -> {
              write(to, name);
              to.writeShort(COLON_AND_SPACE);
              write(to, value);
              to.writeShort(CRLF);
            });
    if (head.body() == RequestBody.CHUNKED) {
      write(to, CHUNKED);
    }
    to.writeShort(CRLF);
    return to;
  }

  private static void write(ByteBuf to, CharSequence text) {
    ByteBufUtil.writeAscii(to, text);
  }
}
