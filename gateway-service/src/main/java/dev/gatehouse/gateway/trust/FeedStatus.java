package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.feed.client.FeedPosition;
import dev.gatehouse.gateway.trust.Time.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How one feed is doing, for everybody to see. Written by its follower only. */
final class FeedStatus {

  private final String feed;
  private volatile FeedState state = FeedState.UNKNOWN;
  private volatile long revision;
  private volatile @Nullable Moment contact;
  private volatile Instant newest = Instant.MIN;
  private volatile FeedView.State view = FeedView.State.CUT_OFF;
  private volatile Optional<UUID> epoch = Optional.empty();
  private volatile OptionalLong head = OptionalLong.empty();

  FeedStatus(String feed) {
    this.feed = feed;
  }

  String feed() {
    return feed;
  }

  FeedState state() {
    return state;
  }

  /** What is served. */
  long revision() {
    return revision;
  }

  /** The newest time that was seen in the feed or on disk. */
  Instant newest() {
    return newest;
  }

  /** Since the service was last asked with success; empty when it never was. */
  Optional<Duration> age(Moment now) {
    Moment last = contact;
    return last == null ? Optional.empty() : Optional.of(last.until(now));
  }

  void state(FeedState value) {
    state = value;
  }

  void serves(FeedPosition position) {
    epoch = position.epoch();
    revision = position.revision();
  }

  /** Of the history that is served; empty before anything is. */
  Optional<UUID> epoch() {
    return epoch;
  }

  /** How the service answered the last question. */
  FeedView.State view() {
    return view;
  }

  void view(FeedView.State value) {
    view = value;
  }

  /** The newest revision that the service has named. */
  OptionalLong head() {
    return head;
  }

  void head(long value) {
    head = OptionalLong.of(value);
  }

  /** An answer came to what was asked at this moment; the service may count from then. */
  void contact(Moment askedAt) {
    contact = askedAt;
  }

  void saw(Instant time) {
    if (time.isAfter(newest)) {
      newest = time;
    }
  }
}
