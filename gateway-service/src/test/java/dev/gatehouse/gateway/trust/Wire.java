package dev.gatehouse.gateway.trust;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Carries connections to one address, and can be cut, which the other end does not notice. */
final class Wire {

  private final NetServer server;
  private final NetClient client;
  private final URI to;
  private final Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  Wire(Vertx vertx, URI to) {
    this.to = to;
    this.client = vertx.createNetClient();
    this.server =
        vertx
            .createNetServer()
            .connectHandler(this::carry)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  void cut() {
    cut = true;
    sockets.forEach(NetSocket::close);
  }

  void mend() {
    cut = false;
  }

  private void carry(NetSocket near) {
    if (cut) {
      near.close();
      return;
    }
    near.pause();
    sockets.add(near);
    near.closeHandler(nothing -> sockets.remove(near));
    client
        .connect(to.getPort(), to.getHost())
        .onSuccess(far -> join(near, far))
        .onFailure(failure -> near.close());
  }

  private static void join(NetSocket near, NetSocket far) {
    near.closeHandler(nothing -> far.close());
    far.closeHandler(nothing -> near.close());
    near.pipeTo(far);
    far.pipeTo(near);
    near.resume();
  }
}
