package dev.gatehouse.gateway.listener;

import static io.netty.channel.ChannelFutureListener.CLOSE;

import dev.gatehouse.gateway.loop.LateFlush;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;

/**
 * The messages of one HTTP/1 connection, between the decoder and Vert.x: refuses what is not beyond
 * doubt, counts what is under way, and says with an answer that it is the last. Confined to its
 * event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Of Netty: it is the promise that was passed in.
final class Http1Messages extends ChannelDuplexHandler implements ClientConnection.Protocol {

  static final String NAME = "gatehouse-messages";

  /** How long a client may take to read our last answer while it is still sending. */
  private static final long LINGER_MILLIS = 1_000;

  /** Requests on one connection that wait for the answer to the first of them. */
  private static final int MAX_PIPELINED = 64;

  private static final int SWITCHING_PROTOCOLS = 101;

  private final ClientConnection connection;
  private final Traffic traffic;
  private int running;
  private boolean bodyIsOpen;
  private boolean waitsToContinue;
  private boolean answering;
  private boolean retiring;
  private boolean last;
  private boolean deaf;
  private boolean mute;
  private boolean tunnel;
  private boolean lingering;

  Http1Messages(ClientConnection connection) {
    this.connection = connection;
    this.traffic = connection.all().traffic();
  }

  @Override
  public ClientConnection.Turn turn() {
    if (tunnel) {
      return ClientConnection.Turn.TUNNEL;
    }
    if (running == 0) {
      return ClientConnection.Turn.NEXT_HEAD;
    }
    return bodyIsOpen && connection.isRead() && !waitsToContinue
        ? ClientConnection.Turn.BODY
        : ClientConnection.Turn.OURS;
  }

  @Override
  public void retire() {
    retiring = true;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest && (last || running == MAX_PIPELINED)) {
      // Vert.x would keep each of them until its turn comes; a client sends the rest once more.
      retiring = true;
      deaf = true;
    }
    if (deaf) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpRequest request) {
      begins(request);
    } else if (message instanceof HttpContent content && content.decoderResult().isFailure()) {
      bodyIsBroken(context);
    }
    if (message instanceof LastHttpContent && !deaf) {
      bodyIsOpen = false;
      connection.progressed();
    }
    context.fireChannelRead(message);
  }

  @Override
  public void flush(ChannelHandlerContext context) {
    LateFlush.of(context);
  }

  private void begins(HttpRequest request) {
    connection.progressed();
    running++;
    traffic.started();
    bodyIsOpen = true;
    if (request.decoderResult().isSuccess()) {
      waitsToContinue = request.headers().contains(HttpHeaderNames.EXPECT);
      String flaw = Framing.flaw(request);
      if (flaw != null) {
        request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException(flaw)));
      }
    }
    if (request.decoderResult().isFailure()) {
      // Whatever version it named, the answer has ours.
      request.setProtocolVersion(HttpVersion.HTTP_1_1);
      deaf = true;
    }
  }

  /** Part of it may be with the upstream already, which sees it break off. */
  private void bodyIsBroken(ChannelHandlerContext context) {
    deaf = true;
    if (running == 1 && !answering) {
      context.write(InvalidRequests.brokenBody());
      mute = true;
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (mute) {
      ReferenceCountUtil.release(message);
      promise.tryFailure(new ClosedChannelException());
      return;
    }
    if (tunnel) {
      context.write(message, promise);
      return;
    }
    if (message instanceof HttpResponse response) {
      answers(response);
    }
    if (message instanceof LastHttpContent && !isInterim(message)) {
      ended();
      if (last) {
        context.write(message, promise.unvoid()).addListener(CLOSE);
        return;
      }
    }
    context.write(message, promise);
  }

  /** A 100 is a complete message, but not the answer (RFC 9110 §15.2). */
  private static boolean isInterim(Object message) {
    return message instanceof HttpResponse response && response.status().code() < 200;
  }

  private void answers(HttpResponse response) {
    int status = response.status().code();
    if (status == SWITCHING_PROTOCOLS) {
      tunnel = true;
      ended();
    } else if (status < 200) {
      waitsToContinue = false;
      connection.progressed();
    } else {
      answering = true;
      // What was read behind it must not be carried out once we have said that nothing will be.
      if (retiring && running == 1) {
        last = true;
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      }
    }
  }

  private void ended() {
    answering = false;
    if (running > 0) {
      running--;
      traffic.ended(1);
    }
    connection.progressed();
  }

  /**
   * While the client is still sending, closing at once would make its system throw away what we
   * answered (RFC 9112 §9.6): our side ends, and what still comes is read for a moment.
   */
  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    boolean unread = bodyIsOpen && !tunnel && context.channel().isActive();
    context.flush();
    if (!unread || lingering) {
      context.close(promise);
      return;
    }
    lingering = true;
    deaf = true;
    if (context.channel() instanceof DuplexChannel socket
        && context.pipeline().get(SslHandler.class) == null) {
      socket.shutdownOutput();
    }
    context.channel().config().setAutoRead(true);
    context.executor().schedule(() -> context.close(promise), LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    traffic.ended(running);
    running = 0;
    context.fireChannelInactive();
  }
}
