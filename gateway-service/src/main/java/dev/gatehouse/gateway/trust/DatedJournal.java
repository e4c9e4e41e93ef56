package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.feed.FeedPage;
import dev.gatehouse.gateway.trust.Time.Moment;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A journal that notes now and then that the service was there, where no page says so. */
final class DatedJournal {

  private final Journal journal;
  private final Duration every;
  private @Nullable Moment last;

  DatedJournal(Journal journal, Duration every) {
    this.journal = journal;
    this.every = every;
  }

  /** What is kept is as old as this. */
  void noted(Moment contact) {
    last = contact;
  }

  void commit(Rebuild<?> building, Moment askedAt) throws IOException {
    building.commit();
    last = askedAt;
  }

  void append(FeedPage page, Moment askedAt, boolean durable) throws IOException {
    journal.append(page, askedAt.wall(), durable);
    last = askedAt;
  }

  void contact(Moment askedAt) throws IOException {
    Moment before = last;
    if (before == null || before.until(askedAt).compareTo(every) >= 0) {
      journal.contact(askedAt.wall());
      last = askedAt;
    }
  }
}
