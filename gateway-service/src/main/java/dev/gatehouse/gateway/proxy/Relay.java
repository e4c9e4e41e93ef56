package dev.gatehouse.gateway.proxy;

import dev.gatehouse.gateway.observation.Outcome;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * An open WebSocket: bytes pass as they are, each side read only as fast as the other takes them.
 * It ends with either side, which gets what is under way still; and when the token, key or tenant
 * behind it goes, when nothing has passed for too long, or when the gateway stops. Then the client
 * is told so by a close frame, if the upstream's frames leave room for one.
 */
final class Relay extends Watch.Watched {

  /** Status codes of close frames: RFC 6455 §7.4.1 and its IANA registry. */
  static final int GOING_AWAY = 1001;

  static final int POLICY_VIOLATION = 1008;
  static final int SERVICE_RESTART = 1012;
  static final int TRY_AGAIN_LATER = 1013;

  private static final int CLOSE_FRAME = 0x8802;
  private static final long RECHECK = TimeUnit.SECONDS.toNanos(1);

  /** How long a client may take to leave after it was told to. */
  private static final long FAREWELL = TimeUnit.SECONDS.toNanos(2);

  private final Exchange exchange;
  private final Loops.Loop loop;
  private final NetSocket client;
  private final NetSocket upstream;
  private final Supplier<Future<Boolean>> stillAllowed;
  private final long idleTimeout;
  private final FrameBoundaries toClient = new FrameBoundaries();
  private final FrameBoundaries toUpstream = new FrameBoundaries();

  private long lastCheck = System.nanoTime();
  private long lastProgress = lastCheck;
  private long closeBy;
  private long in;
  private long out;
  private int closeCode;
  private boolean farewell;
  private boolean done;

  /**
   * Joins two sockets that are paused.
   *
   * @param idleTimeout in nanoseconds, without a byte in either direction
   */
  Relay(
      Exchange exchange,
      Loops.Loop loop,
      NetSocket client,
      NetSocket upstream,
      Supplier<Future<Boolean>> stillAllowed,
      long idleTimeout) {
    this.exchange = exchange;
    this.loop = loop;
    this.client = client;
    this.upstream = upstream;
    this.stillAllowed = stillAllowed;
    this.idleTimeout = idleTimeout;
  }

  /**
   * Begins.
   *
   * @param first what the upstream has sent already
   */
  void start(Buffer first) {
    loop.watch().add(this);
    loop.tunnels().add(this);
    leaveIdlenessToUs();
    client.exceptionHandler(broken -> {});
    upstream.exceptionHandler(broken -> {});
    client.closeHandler(gone -> finish());
    // Not its closeHandler, which comes before what was received but not taken yet.
    upstream.endHandler(end -> upstreamEnded());
    client.endHandler(end -> upstream.close());
    client.handler(this::fromClient);
    upstream.handler(this::fromUpstream);
    if (first.length() > 0) {
      fromUpstream(first);
    }
    client.resume();
    upstream.resume();
    if (loop.tunnels().areClosing()) {
      close(SERVICE_RESTART);
    }
  }

  /** The server's time for silent connections is meant for requests; a WebSocket may be silent. */
  private void leaveIdlenessToUs() {
    if (client instanceof NetSocketInternal socket) {
      ChannelPipeline pipeline = socket.channelHandlerContext().pipeline();
      ChannelHandler idle = pipeline.get(IdleStateHandler.class);
      if (idle != null) {
        pipeline.remove(idle);
      }
    }
  }

  private void fromClient(Buffer chunk) {
    exchange.ticket().received(chunk.length());
    in += chunk.length();
    toUpstream.take(chunk);
    if (closeCode == 0) {
      write(chunk, client, upstream);
    } else if (farewell && toUpstream.isClosed()) {
      // It has heard us, and waits for the server to close the connection (RFC 6455 §7.1.1).
      client.close();
    }
  }

  private void fromUpstream(Buffer chunk) {
    out += chunk.length();
    if (closeCode == 0) {
      toClient.take(chunk);
      write(chunk, upstream, client);
    } else if (!farewell) {
      int end = toClient.takeFrame(chunk, 0);
      client.write(end == chunk.length() ? chunk : chunk.slice(0, end));
      sayFarewell();
    }
  }

  private void write(Buffer chunk, NetSocket from, NetSocket to) {
    lastProgress = System.nanoTime();
    to.write(chunk);
    if (to.writeQueueFull()) {
      from.pause();
      to.drainHandler(
          drained -> {
            lastProgress = System.nanoTime();
            from.resume();
          });
    }
  }

  /**
   * Ends it from our side: what the upstream has begun to say may be finished for a moment, but not
   * to somebody who may not hear it.
   */
  void close(int code) {
    if (closeCode != 0 || done) {
      return;
    }
    closeCode = code;
    closeBy = System.nanoTime() + FAREWELL;
    if (code == POLICY_VIOLATION && !toClient.isBetweenFrames()) {
      cut();
    } else {
      sayFarewell();
    }
  }

  private void sayFarewell() {
    if (!toClient.isBetweenFrames() || farewell) {
      return;
    }
    farewell = true;
    upstream.close();
    if (!toClient.isClosed()) {
      client.write(
          Buffer.buffer(4).appendUnsignedShort(CLOSE_FRAME).appendShort((short) closeCode));
    }
    // What it still says is read, so that it finds our frame and not a reset connection.
    client.resume();
  }

  private void upstreamEnded() {
    if (!farewell) {
      client.close();
    }
  }

  private void rechecked(AsyncResult<Boolean> allowed) {
    if (allowed.failed()) {
      close(TRY_AGAIN_LATER);
    } else if (!allowed.result()) {
      close(POLICY_VIOLATION);
    }
  }

  /**
   * Whatever waits to be written is dropped: a client that reads nothing would keep it for ever.
   */
  private void cut() {
    if (client instanceof NetSocketInternal socket) {
      var unused = socket.channelHandlerContext().close();
    } else {
      client.close();
    }
  }

  private void finish() {
    if (!done) {
      done = true;
      loop.watch().remove(this);
      loop.tunnels().remove(this);
      upstream.close();
      count();
      exchange.finish(Outcome.TUNNELLED);
    }
  }

  /** Not only in the end: it may be open for days. */
  private void count() {
    exchange.carried(in, out);
    in = 0;
    out = 0;
  }

  @Override
  void look(long now) {
    if (closeCode != 0) {
      if (now - closeBy > 0) {
        cut();
      }
      return;
    }
    if (now - lastProgress > idleTimeout) {
      close(GOING_AWAY);
    } else if (now - lastCheck > RECHECK) {
      lastCheck = now;
      count();
      stillAllowed.get().onComplete(this::rechecked);
    }
  }
}
