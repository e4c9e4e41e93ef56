package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.feed.FeedPage;
import dev.gatehouse.common.feed.client.FeedPosition;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** What one feed has told, kept beyond the process. For one thread. */
interface Journal extends Closeable {

  /**
   * Reads what is kept, if it can be believed.
   *
   * @param pages gets them in order; what it got is void when nothing is returned
   */
  Optional<Kept> load(Consumer<FeedPage> pages);

  /**
   * Adds a page that continues what is kept.
   *
   * @param durable whether it must be on the disk, and not only on its way, when this returns
   */
  void append(FeedPage page, Instant contact, boolean durable) throws IOException;

  /** Notes that the service was there, durably. */
  void contact(Instant contact) throws IOException;

  /**
   * Notes durably whether the copy is given up, so that it may not be served alone.
   *
   * @see FeedState#released
   */
  void released(boolean released, Instant at) throws IOException;

  /** Begins the file anew; what is kept stays until {@link Rewrite#commit}. */
  Rewrite rewrite() throws IOException;

  /** Whether nothing can be added any more, but only be written anew. */
  boolean needsRewrite();

  @Override
  void close();

  /** A new file in the making. */
  interface Rewrite {
    void append(FeedPage page, Instant contact) throws IOException;

    /** Puts it in the place of the old one, durably. */
    void commit() throws IOException;

    void abandon();
  }

  /**
   * What a file amounts to.
   *
   * @param position after the last page
   * @param contact when the service was last there
   */
  record Kept(FeedPosition position, Instant contact, boolean released) {}

  /** Keeps nothing, for a gateway without a disk. */
  Journal NONE =
      new Journal() {
        @Override
        public Optional<Kept> load(Consumer<FeedPage> pages) {
          return Optional.empty();
        }

        @Override
        public void append(FeedPage page, Instant contact, boolean durable) {}

        @Override
        public void contact(Instant contact) {}

        @Override
        public void released(boolean released, Instant at) {}

        @Override
        public Rewrite rewrite() {
          return NO_REWRITE;
        }

        @Override
        public boolean needsRewrite() {
          return false;
        }

        @Override
        public void close() {}
      };

  Rewrite NO_REWRITE =
      new Rewrite() {
        @Override
        public void append(FeedPage page, Instant contact) {}

        @Override
        public void commit() {}

        @Override
        public void abandon() {}
      };
}
