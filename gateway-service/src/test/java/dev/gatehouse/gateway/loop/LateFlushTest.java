package dev.gatehouse.gateway.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("FutureReturnValueIgnored") // What is written is of no interest.
class LateFlushTest {

  private final NioEventLoopGroup group = new NioEventLoopGroup(1);
  private final AtomicInteger flushes = new AtomicInteger();
  private ChannelHandlerContext handler;

  @BeforeEach
  void connect() throws Exception {
    Channel server =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(new Ignorant())
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
    Channel client =
        new Bootstrap()
            .group(group)
            .channel(NioSocketChannel.class)
            .handler(new CountsFlushes())
            .connect(server.localAddress())
            .sync()
            .channel();
    client.pipeline().addLast("last", new ChannelDuplexHandler());
    handler = client.pipeline().context("last");
  }

  @AfterEach
  void stop() throws Exception {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
  }

  @Test
  void aLittleIsFlushedOnceAtTheEndOfTheTurn() throws Exception {
    group
        .submit(
            () -> {
              for (int i = 0; i < 100; i++) {
                handler.write(Unpooled.wrappedBuffer(new byte[10]));
                LateFlush.of(handler);
              }
              assertThat(flushes).hasValue(0);
            })
        .get();
    await().until(() -> handler.channel().unsafe().outboundBuffer().isEmpty());
  }

  @Test
  void muchIsFlushedAtOnce() throws Exception {
    group
        .submit(
            () -> {
              handler.write(Unpooled.wrappedBuffer(new byte[100_000]));
              LateFlush.of(handler);
              assertThat(flushes).hasValue(1);
            })
        .get();
  }

  @Test
  void theNextTurnFlushesAgain() throws Exception {
    for (int i = 1; i <= 3; i++) {
      group
          .submit(
              () -> {
                handler.write(Unpooled.wrappedBuffer(new byte[10]));
                LateFlush.of(handler);
              })
          .get();
      int turn = i;
      await().until(() -> flushes.get() == turn);
    }
  }

  @ChannelHandler.Sharable
  private static final class Ignorant extends ChannelInboundHandlerAdapter {}

  private final class CountsFlushes extends ChannelDuplexHandler {
    @Override
    public void flush(ChannelHandlerContext context) throws Exception {
      flushes.incrementAndGet();
      super.flush(context);
    }
  }
}
