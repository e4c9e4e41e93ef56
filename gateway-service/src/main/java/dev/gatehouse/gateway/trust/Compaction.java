package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.FeedPage;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Copies a journal without the changes that later ones superseded, in two passes. */
final class Compaction {

  private Compaction() {}

  /** First pass: the last change of each object. */
  static final class Survivors implements JournalReader.Sink {
    private final Map<UUID, Long> lastRevisions = new HashMap<>();
    private Instant lastContact = Instant.EPOCH;
    private int pages;

    @Override
    public void take(JournalEntry entry) {
      if (entry.at().isAfter(lastContact)) {
        lastContact = entry.at();
      }
      entry.page().ifPresent(this::note);
    }

    private void note(FeedPage page) {
      pages++;
      page.changes().forEach(change -> lastRevisions.put(change.id(), change.revision()));
    }

    private boolean has(Change change) {
      return !change.isRemoval()
          && Long.valueOf(change.revision()).equals(lastRevisions.get(change.id()));
    }
  }

  /** Second pass: writes them, and the position of the last page in any case. */
  static final class Copy implements JournalReader.Sink {
    private final Survivors survivors;
    private final JournalWriter to;
    private int pages;

    Copy(Survivors survivors, JournalWriter to) {
      this.survivors = survivors;
      this.to = to;
    }

    @Override
    public void take(JournalEntry entry) throws IOException {
      if (entry.page().isPresent()) {
        copy(entry.page().get(), entry.at());
      } else if (entry.type() != JournalEntry.Type.CONTACT) {
        to.add(entry);
      }
    }

    void finish() throws IOException {
      to.add(JournalEntry.of(JournalEntry.Type.CONTACT, survivors.lastContact));
    }

    private void copy(FeedPage page, Instant at) throws IOException {
      pages++;
      List<Change> left = page.changes().stream().filter(survivors::has).toList();
      if (!left.isEmpty() || pages == survivors.pages) {
        to.add(JournalEntry.page(withChanges(page, left), at));
      }
    }

    private static FeedPage withChanges(FeedPage page, List<Change> changes) {
      return new FeedPage(
          page.epoch(),
          page.reset(),
          page.since(),
          page.revision(),
          page.hash(),
          page.head(),
          changes);
    }
  }
}
