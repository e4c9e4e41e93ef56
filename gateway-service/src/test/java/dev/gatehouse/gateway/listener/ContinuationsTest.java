package dev.gatehouse.gateway.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContinuationsTest {

  private static final int HEADERS = 1;
  private static final int CONTINUATION = 9;

  private final EmbeddedChannel channel = new EmbeddedChannel(new Continuations());
  private final ByteBuf sent = Unpooled.buffer();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 9, 10, 1_000_000})
  void asManyAsSaidPassUnchanged(int pieceSize) {
    preface();
    frame(HEADERS, 20);
    continuations(Continuations.MOST);
    frame(HEADERS, 0);
    continuations(Continuations.MOST);

    send(pieceSize);

    assertThat(received()).isEqualTo(sent);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 9, 10, 1_000_000})
  void oneMoreEndsTheConnection(int pieceSize) {
    preface();
    frame(HEADERS, 300);
    continuations(Continuations.MOST + 1);

    assertThatExceptionOfType(Http2Exception.class)
        .isThrownBy(() -> send(pieceSize))
        .satisfies(refused -> assertThat(refused.error()).isEqualTo(Http2Error.ENHANCE_YOUR_CALM));
    assertThat(received().readableBytes()).isLessThan(sent.readableBytes());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1_000_000})
  void nothingPassesAfterwards(int pieceSize) {
    oneMoreEndsTheConnection(pieceSize);

    channel.writeInbound(Unpooled.copiedBuffer("more", US_ASCII));

    assertThat(channel.<ByteBuf>readInbound()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\r\n\r\n", "P", "PRI * HTTP/1.1\r\n\r\n"})
  void whatIsNotHttp2IsLeftAlone(String request) {
    sent.writeCharSequence(request, US_ASCII);
    continuations(100);

    send(1);

    assertThat(received()).isEqualTo(sent);
    assertThat(channel.pipeline().get(Continuations.class)).isNull();
  }

  private void preface() {
    sent.writeCharSequence("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", US_ASCII);
  }

  private void continuations(int count) {
    for (int i = 0; i < count; i++) {
      frame(CONTINUATION, i % 2);
    }
  }

  /** Its payload looks like the head of a CONTINUATION. */
  private void frame(int type, int length) {
    sent.writeMedium(length).writeByte(type).writeByte(0).writeInt(1);
    for (int i = 0; i < length; i++) {
      sent.writeByte(CONTINUATION);
    }
  }

  private void send(int pieceSize) {
    for (int at = 0; at < sent.readableBytes(); at += pieceSize) {
      channel.writeInbound(sent.copy(at, Math.min(pieceSize, sent.readableBytes() - at)));
    }
  }

  private ByteBuf received() {
    ByteBuf all = Unpooled.buffer();
    for (ByteBuf piece = channel.readInbound(); piece != null; piece = channel.readInbound()) {
      all.writeBytes(piece);
    }
    return all;
  }
}
