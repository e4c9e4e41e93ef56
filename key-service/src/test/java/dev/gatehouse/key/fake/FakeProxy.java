package dev.gatehouse.key.fake;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy that takes CONNECT, and connects to 127.0.0.1 whatever host it is asked for. */
public final class FakeProxy implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final NetServer server;
  private volatile String refusal = "";

  public FakeProxy() {
    server =
        vertx
            .createNetServer()
            .connectHandler(this::serve)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  public int port() {
    return server.actualPort();
  }

  /** What it was asked: request line and headers of each connection. */
  public List<String> heads() {
    return List.copyOf(heads);
  }

  /** Answers so from now on, and connects to nobody. */
  public void refuse(String statusLine) {
    refusal = statusLine;
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void serve(NetSocket client) {
    Buffer head = Buffer.buffer();
    client.handler(
        chunk -> {
          head.appendBuffer(chunk);
          if (head.toString().endsWith("\r\n\r\n")) {
            client.pause();
            asked(client, head.toString());
          }
        });
  }

  private void asked(NetSocket client, String head) {
    heads.add(head);
    String target = head.substring(head.indexOf(' ') + 1, head.indexOf(" HTTP/"));
    if (!refusal.isEmpty()) {
      client.end(Buffer.buffer("HTTP/1.1 " + refusal + "\r\nContent-Length: 0\r\n\r\n"));
      return;
    }
    int port = Integer.parseInt(target.substring(target.lastIndexOf(':') + 1));
    vertx
        .createNetClient()
        .connect(port, "127.0.0.1")
        .onFailure(gone -> client.end(Buffer.buffer("HTTP/1.1 502 Bad Gateway\r\n\r\n")))
        .onSuccess(
            far -> {
              client.write("HTTP/1.1 200 Connection established\r\n\r\n");
              client.handler(far::write);
              far.handler(client::write);
              client.closeHandler(gone -> far.close());
              far.closeHandler(gone -> client.close());
              client.resume();
            });
  }
}
