package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.feed.FeedPage;
import dev.gatehouse.common.feed.client.FeedPosition;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A state, and its file, that are put together from the beginning of a history, out of sight. */
final class Rebuild<S> {

  private S state;
  private FeedPosition position = FeedPosition.START;
  private Journal.@Nullable Rewrite file;
  private @Nullable IOException failure;

  Rebuild(S empty, Journal journal) {
    this.state = empty;
    try {
      file = journal.rewrite();
    } catch (IOException e) {
      failure = e;
    }
  }

  void add(FeedPage page, S after, FeedPosition at, Instant contact) {
    state = after;
    position = at;
    if (file != null) {
      try {
        file.append(page, contact);
      } catch (IOException e) {
        abandon();
        failure = e;
      }
    }
  }

  S state() {
    return state;
  }

  FeedPosition position() {
    return position;
  }

  /** Puts the file in its place, or says what went wrong with it on the way. */
  void commit() throws IOException {
    if (file == null) {
      throw failure == null ? new IOException("the new file was abandoned") : failure;
    }
    try {
      file.commit();
    } catch (IOException e) {
      abandon();
      throw e;
    }
  }

  void abandon() {
    if (file != null) {
      file.abandon();
      file = null;
    }
  }
}
