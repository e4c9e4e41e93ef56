package dev.gatehouse.gateway.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.FeedHash;
import dev.gatehouse.common.feed.FeedPage;
import dev.gatehouse.common.feed.client.FeedChain;
import dev.gatehouse.common.feed.client.FeedPosition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FeedChainTest {

  private final History history = new History().tenant("aa").tenant("bb").tenant("cc");

  @Test
  void aPageThatContinuesIsFollowedToItsEnd() throws Exception {
    FeedPage first = history.page(0, 2, false);
    FeedPosition after = FeedChain.after(FeedPosition.START, first);

    assertThat(after.revision()).isEqualTo(2);
    assertThat(FeedChain.after(after, history.page(2))).isEqualTo(history.position());
  }

  @Test
  void anEmptyPageLeavesTheFollowerWhereItIs() throws Exception {
    assertThat(FeedChain.after(history.position(), history.page(3))).isEqualTo(history.position());
  }

  @Test
  void aGapThatCompactionLeftIsAccepted() throws Exception {
    history.tenant("aa").compact();

    assertThat(FeedChain.after(FeedPosition.START, history.page(0))).isEqualTo(history.position());
  }

  @Test
  void aChangedContentIsRefused() {
    List<Change> changes = new ArrayList<>(history.changes());
    Change second = changes.get(1);
    changes.set(
        1,
        new Change(
            second.revision(),
            second.kind(),
            second.id(),
            second.at(),
            Optional.of("{}"),
            second.hash()));

    assertBroken(FeedPosition.START, with(changes), "the hash of revision 2");
  }

  @Test
  void aChangeThatWasLeftOutWithinAnUncompactedPageIsRefusedByWhatFollowsIt() {
    List<Change> reversed = new ArrayList<>(history.changes());
    Collections.reverse(reversed);

    assertBroken(FeedPosition.START, with(reversed), "follows");
  }

  @Test
  void aPageOfAnotherEpochIsRefused() {
    FeedPosition elsewhere = new FeedPosition(Optional.of(UUID.randomUUID()), 0, FeedHash.NONE);

    assertBroken(elsewhere, history.page(0), "another epoch");
  }

  @Test
  void aPageThatContinuesAnotherPastIsRefused() {
    FeedPosition otherPast =
        new FeedPosition(Optional.of(history.epoch), 2, new FeedHash("a".repeat(64)));

    assertBroken(otherPast, history.page(2), "the hash of revision 3");
    assertBroken(
        new FeedPosition(Optional.of(history.epoch), 3, new FeedHash("a".repeat(64))),
        history.page(3),
        "the hash of the page");
  }

  @Test
  void aPageThatEndsBeforeItsChangesOrBeyondItsHeadIsRefused() {
    FeedPage page = history.page(0);
    FeedPage early = new FeedPage(page.epoch(), false, 0, 2, page.hash(), 3, page.changes());
    FeedPage beyond = new FeedPage(page.epoch(), false, 0, 3, page.hash(), 2, page.changes());

    assertBroken(FeedPosition.START, early, "ends at 2");
    assertBroken(FeedPosition.START, beyond, "ends at 3");
  }

  @Test
  void aKindThatNobodyKnowsIsRefused() {
    FeedPage page = new History().add("quota", UUID.randomUUID(), "{}").page(0);

    assertThatThrownBy(() -> FeedChain.checkKinds(page, new TenantProjection()::knows))
        .isInstanceOf(FeedChain.Broken.class)
        .hasMessageContaining("quota");
  }

  private FeedPage with(List<Change> changes) {
    FeedPage page = history.page(0);
    return new FeedPage(page.epoch(), false, 0, page.revision(), page.hash(), page.head(), changes);
  }

  private static void assertBroken(FeedPosition from, FeedPage page, String message) {
    assertThatThrownBy(() -> FeedChain.after(from, page))
        .isInstanceOf(FeedChain.Broken.class)
        .hasMessageContaining(message);
  }
}
