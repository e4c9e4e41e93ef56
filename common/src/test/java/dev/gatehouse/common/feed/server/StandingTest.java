package dev.gatehouse.common.feed.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.feed.FeedHash;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StandingTest {

  private static final UUID EPOCH = new UUID(1, 1);
  private static final UUID OTHER_EPOCH = new UUID(2, 2);
  private static final FeedHash HEAD = new FeedHash("a".repeat(64));
  private static final FeedHash HASH = new FeedHash("b".repeat(64));
  private static final FeedHash FORGED = new FeedHash("f".repeat(64));

  private static final Optional<FeedHash> KNOWN = Optional.of(HASH);
  private static final Optional<FeedHash> GONE = Optional.empty();

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void aWatcherStandsWhereItsHashSays(
      String what, Question question, FeedPoint point, Standing expected) {
    assertThat(Standing.of(question, point)).as(what).isEqualTo(expected);
  }

  static Stream<Arguments> aWatcherStandsWhereItsHashSays() {
    return Stream.of(
        Arguments.of("from nothing", first(), at(10, 0, GONE), Standing.CONTINUES),
        Arguments.of("from nothing, empty", first(), at(0, 0, GONE), Standing.CONTINUES),
        Arguments.of("from nothing, compacted", first(), at(10, 5, GONE), Standing.NEEDS_REPLAY),
        Arguments.of("at the head", ask(10, EPOCH, HEAD), at(10, 0, GONE), Standing.CONTINUES),
        Arguments.of("behind", ask(7, EPOCH, HASH), at(10, 0, KNOWN), Standing.CONTINUES),
        Arguments.of("at the rim", ask(5, EPOCH, HASH), at(10, 5, KNOWN), Standing.CONTINUES),
        Arguments.of("rim gone", ask(5, EPOCH, HASH), at(10, 5, GONE), Standing.NEEDS_REPLAY),
        Arguments.of("too old", ask(4, EPOCH, HASH), at(10, 5, KNOWN), Standing.NEEDS_REPLAY),
        Arguments.of("too old, gone", ask(4, EPOCH, HASH), at(10, 5, GONE), Standing.NEEDS_REPLAY),
        Arguments.of("forged and old", ask(4, EPOCH, FORGED), at(10, 5, KNOWN), Standing.DIFFERS),
        Arguments.of("missing", ask(7, EPOCH, HASH), at(10, 5, GONE), Standing.DIFFERS),
        Arguments.of("beyond", ask(11, EPOCH, HASH), at(10, 0, GONE), Standing.DIFFERS),
        Arguments.of("forged", ask(7, EPOCH, FORGED), at(10, 0, KNOWN), Standing.DIFFERS),
        Arguments.of("forged head", ask(10, EPOCH, FORGED), at(10, 0, GONE), Standing.DIFFERS),
        Arguments.of("other epoch", ask(7, OTHER_EPOCH, HASH), at(10, 0, KNOWN), Standing.DIFFERS),
        Arguments.of(
            "other epoch, 0",
            ask(0, OTHER_EPOCH, FeedHash.NONE),
            at(10, 0, GONE),
            Standing.DIFFERS),
        Arguments.of("forged 0", ask(0, EPOCH, FORGED), at(10, 0, GONE), Standing.DIFFERS));
  }

  private static Question first() {
    return new Question(watcher(), 0, Optional.empty(), Optional.empty(), new Wait(Duration.ZERO));
  }

  private static Question ask(long since, UUID epoch, FeedHash hash) {
    return new Question(
        watcher(), since, Optional.of(epoch), Optional.of(hash), new Wait(Duration.ZERO));
  }

  private static Watcher watcher() {
    return new Watcher("w", Watcher.GATEWAY, "w", Optional.empty(), Optional.empty());
  }

  private static FeedPoint at(long head, long compacted, Optional<FeedHash> hash) {
    return new FeedPoint(new FeedHead(EPOCH, head, HEAD, compacted), hash);
  }
}
