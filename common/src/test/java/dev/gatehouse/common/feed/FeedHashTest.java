package dev.gatehouse.common.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedHashTest {

  private static final UUID ID = UUID.fromString("6f9619ff-8b86-4011-b42d-00cf4fc964ff");
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123Z");

  @Test
  void theHashIsTheDocumentedOne() {
    FeedHash hash = FeedHash.NONE.next(1, "tenant", ID, AT, Optional.of("{\"name\":\"ä\"}"));

    assertThat(hash)
        .hasToString("651c29be508207ece8b4c6b84ab4cda60b94434b6f895d5c66efc7a76f32a7e6");
  }

  @Test
  void aRemovalHasAHashToo() {
    FeedHash hash = FeedHash.NONE.next(1, "tenant", ID, AT, Optional.empty());

    assertThat(hash)
        .hasToString("d6dd41e47ef9b2b2b3c1e2dc2790639b243cbf2385ab903a1eeb9df00392d0e6");
  }

  @Test
  void everyPartCounts() {
    Optional<String> content = Optional.of("{}");
    FeedHash hash = FeedHash.NONE.next(1, "tenant", ID, AT, content);

    assertThat(
            Set.of(
                hash,
                hash.next(1, "tenant", ID, AT, content),
                FeedHash.NONE.next(2, "tenant", ID, AT, content),
                FeedHash.NONE.next(1, "anchor", ID, AT, content),
                FeedHash.NONE.next(1, "tenant", new UUID(1, 2), AT, content),
                FeedHash.NONE.next(1, "tenant", ID, AT.plusMillis(1), content),
                FeedHash.NONE.next(1, "tenant", ID, AT, Optional.of("")),
                FeedHash.NONE.next(1, "tenant", ID, AT, Optional.empty())))
        .hasSize(8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "000000000000000000000000000000000000000000000000000000000000000",
        "00000000000000000000000000000000000000000000000000000000000000000",
        "A000000000000000000000000000000000000000000000000000000000000000",
        "g000000000000000000000000000000000000000000000000000000000000000",
      })
  void anythingElseIsNoHash(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FeedHash(text))
        .withMessage("A feed hash has 64 lower-case hex digits");
  }
}
