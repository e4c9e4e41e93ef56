package dev.gatehouse.gateway.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A client of HTTP/2 with prior knowledge that shows each frame of an answer as it came. */
final class RawHttp2 implements AutoCloseable {

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int END_STREAM = 0x1;
  private static final int END_HEADERS = 0x4;
  private static final int PRIORITY = 0x20;

  /**
   * A frame of the one stream.
   *
   * @param headers empty unless it is a frame of headers
   * @param payload a character for each byte
   */
  record Frame(int type, boolean endsStream, Map<String, String> headers, String payload) {

    boolean isHeaders() {
      return type == HEADERS;
    }
  }

  private final Socket socket;
  private final DataInputStream in;
  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);

  RawHttp2(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(10_000);
      in = new DataInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      send(SETTINGS, 0, 0, new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Sends one request and reads its answer to the end.
   *
   * @param body none if empty
   * @param complete whether the body is; otherwise the stream stays open
   */
  List<Frame> ask(Map<String, String> headers, byte[] body, boolean complete) {
    try {
      send(
          HEADERS,
          END_HEADERS | (body.length == 0 && complete ? END_STREAM : 0),
          1,
          encode(headers));
      if (body.length > 0) {
        send(DATA, complete ? END_STREAM : 0, 1, body);
      }
      return answer();
    } catch (IOException | Http2Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Frame> answer() throws IOException, Http2Exception {
    List<Frame> frames = new ArrayList<>();
    while (true) {
      int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      byte[] payload = in.readNBytes(length);
      if (stream != 1) {
        continue;
      }
      if (type == HEADERS && (flags & PRIORITY) != 0) {
        payload = Arrays.copyOfRange(payload, 5, payload.length);
      }
      boolean last = (type == HEADERS || type == DATA) && (flags & END_STREAM) != 0;
      frames.add(
          new Frame(
              type,
              last,
              type == HEADERS ? decode(payload) : Map.of(),
              new String(payload, StandardCharsets.ISO_8859_1)));
      if (last || type == RST_STREAM) {
        return frames;
      }
    }
  }

  private void send(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteBuf frame = Unpooled.buffer();
    frame.writeMedium(payload.length).writeByte(type).writeByte(flags).writeInt(stream);
    frame.writeBytes(payload);
    socket.getOutputStream().write(ByteBufUtil.getBytes(frame));
    socket.getOutputStream().flush();
  }

  private static byte[] encode(Map<String, String> headers) throws Http2Exception {
    Http2Headers all = new DefaultHttp2Headers();
    headers.forEach(all::add);
    ByteBuf block = Unpooled.buffer();
    new DefaultHttp2HeadersEncoder().encodeHeaders(1, all, block);
    return ByteBufUtil.getBytes(block);
  }

  private Map<String, String> decode(byte[] block) throws Http2Exception {
    Map<String, String> headers = new LinkedHashMap<>();
    decoder
        .decodeHeaders(1, Unpooled.wrappedBuffer(block))
        .forEach(header -> headers.put(header.getKey().toString(), header.getValue().toString()));
    return headers;
  }
}
