package dev.gatehouse.gateway.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a client, from its first byte: how old it is, and since when it is silent
 * though it is the client's turn. Stands before every other handler. Confined to its event loop.
 */
final class ClientConnection extends ChannelInboundHandlerAdapter {

  static final String NAME = "gatehouse-connection";

  /** What depends on the version of HTTP. */
  interface Protocol {

    Turn turn();

    /** Ends the connection as soon as nothing is under way. May be called again. */
    void retire();
  }

  /** Whose turn it is. */
  enum Turn {
    /** Nothing is asked. */
    IDLE,
    /** Nothing is asked, or the head of a request has come in part. */
    NEXT_HEAD,
    /** The client has not sent all of the body that somebody waits for. */
    BODY,
    /** Ours, or the upstream's. */
    OURS,
    /** Not HTTP any more. */
    TUNNEL
  }

  private final Channel channel;
  private final Connections all;
  private final long openedAt;
  private final long maxAge;
  private @Nullable Protocol protocol;
  private long lastProgress;
  private long headSince;
  private long unsent;
  private boolean retiring;

  ClientConnection(Channel channel, Connections all) {
    this.channel = channel;
    this.all = all;
    this.openedAt = System.nanoTime();
    this.maxAge = all.patience().age();
    this.lastProgress = openedAt;
    this.headSince = openedAt;
  }

  static ClientConnection of(Channel channel) {
    return channel.pipeline().get(ClientConnection.class);
  }

  /** It is known how this client speaks. */
  void speaks(Protocol spoken) {
    protocol = spoken;
    if (retiring) {
      spoken.retire();
    }
  }

  /** Something has been said completely, by either side. */
  void progressed() {
    lastProgress = all.now();
    headSince = 0;
  }

  /** Whether nobody has stopped reading because something further on is full. */
  boolean isRead() {
    return channel.config().isAutoRead();
  }

  Connections all() {
    return all;
  }

  void retire() {
    retiring = true;
    if (protocol != null) {
      protocol.retire();
    }
  }

  void look(long now) {
    if (!retiring && now - openedAt > maxAge) {
      retire();
    } else if (retiring && protocol != null) {
      protocol.retire();
    }
    if (isOverdue(now)) {
      var unused = channel.close();
    }
  }

  /** At once, past every handler that would say something more. */
  void cut() {
    var unused = channel.pipeline().context(this).close();
  }

  private boolean isOverdue(long now) {
    Patience patience = all.patience();
    if (protocol == null) {
      return now - openedAt > patience.head();
    }
    Turn turn = protocol.turn();
    if (turn == Turn.TUNNEL) {
      return false;
    }
    if (isSending(now)) {
      return now - lastProgress > patience.idle();
    }
    return switch (turn) {
      case NEXT_HEAD ->
          (headSince != 0 && now - headSince > patience.head())
              || now - lastProgress > patience.idle();
      case IDLE, BODY -> now - lastProgress > patience.idle();
      case OURS, TUNNEL -> false;
    };
  }

  /** Whether the client has not taken all that was written; what it takes counts as progress. */
  private boolean isSending(long now) {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    long pending = buffer == null ? 0 : buffer.totalPendingWriteBytes();
    if (pending != unsent) {
      unsent = pending;
      lastProgress = now;
    }
    return pending > 0;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    lastProgress = all.now();
    if (headSince == 0) {
      headSince = lastProgress;
    }
    context.fireChannelRead(bytes);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    gone();
    context.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    gone();
  }

  private void gone() {
    all.closed(this);
  }
}
