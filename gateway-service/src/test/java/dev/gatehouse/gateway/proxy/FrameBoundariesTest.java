package dev.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameBoundariesTest {

  private static final int TEXT = 0x81;
  private static final int CLOSE = 0x88;

  private final FrameBoundaries frames = new FrameBoundaries();

  @Test
  void aWebSocketBeginsBetweenFrames() {
    assertThat(frames.isBetweenFrames()).isTrue();
    assertThat(frames.isClosed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 200_000})
  void aFrameEndsWithItsLastByteAndNotBefore(int payload) {
    Buffer frame = frame(TEXT, payload, false);

    frames.take(frame.slice(0, frame.length() - 1));
    boolean before = frames.isBetweenFrames();
    frames.take(frame.slice(frame.length() - 1, frame.length()));

    assertThat(before).isFalse();
    assertThat(frames.isBetweenFrames()).isTrue();
  }

  @Test
  void framesAreTakenOneByOne() {
    Buffer two = frame(TEXT, 300, false).appendBuffer(frame(TEXT, 0, true));

    assertThat(frames.takeFrame(two, 0)).isEqualTo(304);
    assertThat(frames.takeFrame(two, 304)).isEqualTo(two.length());
  }

  @Test
  void nothingFollowsACloseFrame() {
    frames.take(frame(TEXT, 8, false));
    boolean open = frames.isClosed();
    frames.take(frame(CLOSE, 2, false));

    assertThat(open).isFalse();
    assertThat(frames.isClosed()).isTrue();
    assertThat(frames.isBetweenFrames()).isTrue();
  }

  @Test
  void aFrameThatIsLongerThanAnythingNeverEnds() {
    frames.take(Buffer.buffer(new byte[] {(byte) TEXT, 127, -1, -1, -1, -1, -1, -1, -1, -1}));
    frames.take(Buffer.buffer(new byte[100_000]));

    assertThat(frames.isBetweenFrames()).isFalse();
  }

  @Test
  void itDoesNotMatterWhereChunksEnd() {
    Random random = new Random(42);
    Buffer all = Buffer.buffer();
    List<Integer> ends = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      int payload = random.nextInt(i % 50 == 0 ? 70_000 : i % 5 == 0 ? 1_000 : 130);
      all.appendBuffer(frame(TEXT, payload, random.nextBoolean()));
      ends.add(all.length());
    }

    int at = 0;
    while (at < all.length()) {
      int next = Math.min(all.length(), at + 1 + random.nextInt(random.nextBoolean() ? 4 : 5_000));
      frames.take(all.slice(at, next));
      at = next;
      assertThat(frames.isBetweenFrames()).as("at %d", at).isEqualTo(ends.contains(at));
    }
  }

  static Buffer frame(int first, int payload, boolean masked) {
    Buffer frame = Buffer.buffer().appendUnsignedByte((short) first);
    int mask = masked ? 0x80 : 0;
    if (payload < 126) {
      frame.appendUnsignedByte((short) (mask | payload));
    } else if (payload < 65_536) {
      frame.appendUnsignedByte((short) (mask | 126)).appendUnsignedShort(payload);
    } else {
      frame.appendUnsignedByte((short) (mask | 127)).appendLong(payload);
    }
    return frame.appendBytes(new byte[payload + (masked ? 4 : 0)]);
  }
}
