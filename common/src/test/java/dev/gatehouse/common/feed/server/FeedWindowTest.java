package dev.gatehouse.common.feed.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.FeedHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FeedWindowTest {

  private static final FeedHead EMPTY = new FeedHead(new UUID(1, 1), 0, FeedHash.NONE, 0);

  private final FeedSlice history = append(EMPTY, 10);
  private final FeedWindow window = FeedWindow.startingAt(EMPTY).with(history).orElseThrow();

  @Test
  void itHoldsWhatWasReadAfterItsStart() {
    assertThat(window.head()).isEqualTo(10);
    assertThat(window.headHash()).isEqualTo(history.head().hash());
    assertThat(window.after(7)).extracting(Change::revision).containsExactly(8L, 9L, 10L);
    assertThat(window.after(10)).isEmpty();
  }

  @Test
  void itKnowsTheHashesOfWhatItHoldsAndOfItsBase() {
    assertThat(window.hashAt(0)).contains(FeedHash.NONE);
    assertThat(window.hashAt(4)).contains(history.changes().get(3).hash());
    assertThat(window.hashAt(11)).isEmpty();
    assertThat(FeedWindow.startingAt(history.head()).hashAt(9)).isEmpty();
    assertThat(FeedWindow.startingAt(history.head()).hashAt(10)).contains(history.head().hash());
  }

  @Test
  void itForgetsTheOldestWhenItIsFull() {
    FeedSlice many = append(history.head(), FeedWindow.MAX_CHANGES);

    FeedWindow full = window.with(many).orElseThrow();

    assertThat(full.head()).isEqualTo(FeedWindow.MAX_CHANGES + 10);
    assertThat(full.base()).isEqualTo(10);
    assertThat(full.baseHash()).isEqualTo(history.head().hash());
    assertThat(full.holdsAllAfter(9)).isFalse();
    assertThat(full.holdsAllAfter(10)).isTrue();
  }

  @Test
  void readingNothingNewChangesNothing() {
    assertThat(window.with(new FeedSlice(history.head(), List.of()))).contains(window);
  }

  @Test
  void itLearnsOfCompaction() {
    FeedHead compacted = new FeedHead(EMPTY.epoch(), 10, history.head().hash(), 7);

    assertThat(window.with(new FeedSlice(compacted, List.of())).orElseThrow().compactedThrough())
        .isEqualTo(7);
  }

  @Test
  void anotherEpochIsAnotherHistory() {
    FeedHead other = new FeedHead(new UUID(2, 2), 10, history.head().hash(), 0);

    assertThat(window.with(new FeedSlice(other, List.of()))).isEmpty();
  }

  @Test
  void aHeadThatWentBackIsAnotherHistory() {
    assertThat(window.with(new FeedSlice(append(EMPTY, 9).head(), List.of()))).isEmpty();
  }

  @Test
  void aGapIsAnotherHistory() {
    FeedSlice later = append(history.head(), 3);
    FeedSlice gap = new FeedSlice(later.head(), later.changes().subList(1, 3));

    assertThat(window.with(gap)).isEmpty();
  }

  @Test
  void aChangeThatDoesNotChainIsAnotherHistory() {
    FeedHead forged = new FeedHead(EMPTY.epoch(), 10, new FeedHash("f".repeat(64)), 0);

    assertThat(window.with(append(forged, 1))).isEmpty();
  }

  static FeedSlice append(FeedHead head, int count) {
    List<Change> changes = new ArrayList<>();
    FeedHead last = head;
    for (int i = 0; i < count; i++) {
      Draft draft = Draft.removal("tenant", new UUID(9, last.revision()));
      Change change = last.next(draft, Instant.EPOCH);
      changes.add(change);
      last = last.after(change);
    }
    return new FeedSlice(last, changes);
  }
}
