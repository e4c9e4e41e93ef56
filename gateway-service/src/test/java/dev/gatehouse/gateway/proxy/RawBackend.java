package dev.gatehouse.gateway.proxy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A backend that records every byte of what it is asked, and answers as a test says. */
public final class RawBackend implements AutoCloseable {

  /** Answers one request; the connection is kept unless it is closed here. */
  @FunctionalInterface
  public interface Script {
    void answer(Received request, Socket socket) throws IOException;
  }

  /** A request as it came, without its body unless {@link #readBody} was called. */
  public static final class Received {
    private final String head;
    private final InputStream in;
    private byte @Nullable [] readAlready;

    private Received(String head, InputStream in) {
      this.head = head;
      this.in = in;
    }

    public String head() {
      return head;
    }

    public String line() {
      return head.substring(0, head.indexOf("\r\n"));
    }

    /** The values of a header, looked up by its exact name in lower case. */
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

    /** Reads the body, whichever way its end is marked. */
    public byte[] readBody() throws IOException {
      if (readAlready == null) {
        readAlready = read();
      }
      return readAlready;
    }

    private byte[] read() throws IOException {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      if (!values("content-length").isEmpty()) {
        body.write(in.readNBytes(Integer.parseInt(value("content-length"))));
      } else if (value("transfer-encoding").equals("chunked")) {
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
          body.write(in.readNBytes(size));
          readLine(in);
        }
        String trailer = readLine(in);
        while (!trailer.isEmpty()) {
          trailer = readLine(in);
        }
      }
      return body.toByteArray();
    }

    public InputStream in() {
      return in;
    }

    private int chunkSize() throws IOException {
      return Integer.parseInt(readLine(in), 16);
    }
  }

  private final ServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile Script script = (request, socket) -> ok(request, socket, "ok");

  public RawBackend() {
    this(0);
  }

  /** At the port of one that is closed. */
  RawBackend(int port) {
    try {
      server = new ServerSocket();
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  public RawBackend answers(Script next) {
    script = next;
    return this;
  }

  /** Answers every request with these bytes, after it was read. */
  public RawBackend answers(String response) {
    return answers(
        (request, socket) -> {
          request.readBody();
          send(socket, response);
        });
  }

  public List<Received> received() {
    return received;
  }

  public Received last() {
    return received.get(received.size() - 1);
  }

  public int connections() {
    return connections.get();
  }

  public static void ok(Received request, Socket socket, String body) throws IOException {
    request.readBody();
    send(
        socket,
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  public static void send(Socket socket, String bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** Stops listening and cuts every connection. */
  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        connections.incrementAndGet();
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream(), 4096);
      for (String head = readHead(in); !head.isEmpty(); head = readHead(in)) {
        Received request = new Received(head, in);
        received.add(request);
        script.answer(request, socket);
        if (socket.isClosed()) {
          return;
        }
      }
    } catch (IOException e) {
      // The gateway has closed the connection, as tests let it do.
    }
  }

  static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    String line = readLine(in);
    while (!line.isEmpty()) {
      head.append(line).append("\r\n");
      line = readLine(in);
    }
    return head.toString();
  }

  static String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n') {
        int end = line.length() > 0 && line.charAt(line.length() - 1) == '\r' ? 1 : 0;
        return line.substring(0, line.length() - end);
      }
      line.append((char) c);
    }
    return line.toString();
  }
}
