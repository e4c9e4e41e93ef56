package dev.gatehouse.local;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A client that keeps its connection for as long as the server does and repeats nothing: whatever
 * goes wrong is seen. The client of the JDK would ask again by itself.
 */
final class KeptConnection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final Socket socket;
  private final InputStream in;
  private boolean last;
  private boolean retryAfter;

  KeptConnection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  void send(String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Reads an answer with its body and returns its status. */
  int status() throws IOException {
    String line = line();
    int status = Integer.parseInt(line.split(" ", 3)[1]);
    int length = 0;
    retryAfter = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
      }
      retryAfter |= lower.startsWith("retry-after:");
      last |= lower.equals("connection: close");
    }
    in.readNBytes(length);
    return status;
  }

  /** Whether the server has said that it closes the connection. */
  boolean isOver() {
    return last;
  }

  /** Whether the last answer says when to come again. */
  boolean hasRetryAfter() {
    return retryAfter;
  }

  byte[] read(int bytes) throws IOException {
    return in.readNBytes(bytes);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("The connection ended after '" + line + "'");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
