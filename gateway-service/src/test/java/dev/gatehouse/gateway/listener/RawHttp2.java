package dev.gatehouse.gateway.listener;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** An HTTP/2 client that says exactly what a test writes; headers are never compressed. */
final class RawHttp2 implements Closeable {

  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int CONTINUATION = 9;

  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;
  private static final int PRIORITY = 32;

  /** One frame (RFC 9113 §4.1). */
  @SuppressWarnings("ArrayRecordComponent")
  record Frame(int type, int flags, int stream, byte[] payload) {

    /** The first byte of a block of headers that is a status of the static table, or -1. */
    int status() {
      int at = (flags & PRIORITY) == 0 ? 0 : 5;
      return switch (payload.length <= at ? 0 : payload[at] & 0xff) {
        case 0x88 -> 200;
        case 0x8c -> 400;
        default -> -1;
      };
    }

    int code() {
      int at = type == GOAWAY ? 4 : 0;
      return payload[at + 3] & 0xff;
    }

    int lastStream() {
      return ((payload[0] & 0x7f) << 24)
          | ((payload[1] & 0xff) << 16)
          | ((payload[2] & 0xff) << 8)
          | (payload[3] & 0xff);
    }
  }

  private final Socket socket;
  private final DataInputStream in;

  RawHttp2(int port) {
    this(connected(port));
  }

  private RawHttp2(Socket socket) {
    this.socket = socket;
    try {
      socket.setSoTimeout(10_000);
      in = new DataInputStream(socket.getInputStream());
      write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      frame(SETTINGS, 0, 0, new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same over TLS, whatever certificate is shown. */
  static RawHttp2 overTls(int port) throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return new RawHttp2(socket);
  }

  private static Socket connected(int port) {
    try {
      return new Socket(InetAddress.getLoopbackAddress(), port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names and values in turn, as literals without indexing (RFC 7541 §6.2.2). */
  static byte[] block(String... headers) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < headers.length; i += 2) {
      block.write(0);
      string(block, headers[i]);
      string(block, headers[i + 1]);
    }
    return block.toByteArray();
  }

  RawHttp2 frame(int type, int flags, int stream, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(payload.length >> 16);
    frame.write(payload.length >> 8);
    frame.write(payload.length);
    frame.write(type);
    frame.write(flags);
    for (int shift = 24; shift >= 0; shift -= 8) {
      frame.write(stream >> shift);
    }
    frame.writeBytes(payload);
    write(frame.toByteArray());
    return this;
  }

  /** The next frame of one of these types. */
  Frame await(int... types) throws IOException {
    while (true) {
      Frame frame = read();
      for (int type : types) {
        if (frame.type() == type) {
          return frame;
        }
      }
    }
  }

  /** Reads on until the gateway closes the connection. */
  boolean isClosed() {
    try {
      while (true) {
        read();
      }
    } catch (EOFException e) {
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private Frame read() throws IOException {
    int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt() & 0x7fffffff;
    byte[] payload = new byte[length];
    in.readFully(payload);
    return new Frame(type, flags, stream, payload);
  }

  private void write(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void string(ByteArrayOutputStream block, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length < 127) {
      block.write(bytes.length);
    } else {
      block.write(127);
      int rest = bytes.length - 127;
      for (; rest >= 128; rest >>= 7) {
        block.write((rest & 127) | 128);
      }
      block.write(rest);
    }
    block.writeBytes(bytes);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
