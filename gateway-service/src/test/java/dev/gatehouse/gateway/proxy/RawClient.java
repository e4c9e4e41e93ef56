package dev.gatehouse.gateway.proxy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** A client that says exactly what a test writes. */
public final class RawClient implements AutoCloseable {

  /** An answer: its head and, decoded, its body. */
  public record Answer(String head, String body, String trailers) {

    public int status() {
      return Integer.parseInt(head.substring(9, 12));
    }

    public List<String> values(String name) {
      return head.lines()
          .skip(1)
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
          .map(line -> line.substring(name.length() + 1).trim())
          .toList();
    }

    public String value(String name) {
      List<String> values = values(name);
      return values.size() == 1 ? values.get(0) : values.toString();
    }

    /** The code of a problem. */
    public String code() {
      int start = body.indexOf("\"code\":\"");
      return start < 0 ? body : body.substring(start + 8, body.indexOf('"', start + 8));
    }
  }

  private final Socket socket;
  private final InputStream in;

  public RawClient(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(10_000);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public RawClient send(String bytes) {
    return send(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  public RawClient send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Answer answer() {
    return answer("GET");
  }

  public Answer answer(String method) {
    try {
      String head = RawBackend.readHead(in);
      Answer bare = new Answer(head, "", "");
      if (head.isEmpty()
          || method.equals("HEAD")
          || bare.status() < 200
          || bare.status() == 204
          || bare.status() == 304) {
        return bare;
      }
      if (!bare.values("content-length").isEmpty()) {
        int length = Integer.parseInt(bare.value("content-length"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
          throw new IOException("The body ends after " + body.length + " of " + length + " bytes");
        }
        return new Answer(head, new String(body, StandardCharsets.UTF_8), "");
      }
      return bare.value("transfer-encoding").equals("chunked")
          ? chunked(head)
          : new Answer(head, new String(in.readAllBytes(), StandardCharsets.UTF_8), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the gateway has closed the connection; waits for a while. */
  public boolean isClosedByPeer() {
    try {
      socket.setSoTimeout(3_000);
      return in.read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  public InputStream in() {
    return in;
  }

  public Socket socket() {
    return socket;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Answer chunked(String head) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      body.write(in.readNBytes(size));
      RawBackend.readLine(in);
    }
    return new Answer(head, body.toString(StandardCharsets.UTF_8), RawBackend.readHead(in));
  }

  private int chunkSize() throws IOException {
    String line = RawBackend.readLine(in);
    if (line.isEmpty()) {
      throw new IOException("The body ends before its last chunk");
    }
    return Integer.parseInt(line, 16);
  }
}
