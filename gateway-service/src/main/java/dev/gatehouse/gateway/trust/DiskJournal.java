package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.feed.FeedPage;
import dev.gatehouse.common.feed.client.FeedPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A journal in one file. It grows by a record for each page, and is written anew without what was
 * superseded when it has doubled.
 */
final class DiskJournal implements Journal {

  private static final Logger LOG = Logger.getLogger(DiskJournal.class);
  private static final String PURPOSE = "gatehouse trust journal";

  /** Below this size, in bytes, nothing is gained by writing it anew. */
  static final long SMALLEST_WORTH_COMPACTING = 1 << 20;

  private final StateDirectory directory;
  private final Path path;
  private final SealedRecords form;
  private final SealedRecords previousForm;
  private final AppendFile.Opener files;
  private final Duration maxAge;
  private final Time time;
  private final Runnable onRefusal;

  private @Nullable JournalWriter writer;
  private long compactAbove = SMALLEST_WORTH_COMPACTING;

  /**
   * @param maxAge a file in which the service was last there longer ago than this is not believed
   * @param onRefusal called when a file is not believed
   */
  DiskJournal(
      StateDirectory directory,
      String feed,
      AuthApiKey key,
      Duration maxAge,
      Time time,
      AppendFile.Opener files,
      Runnable onRefusal) {
    this.directory = directory;
    this.path = directory.file(feed + ".journal");
    this.form = new SealedRecords(key.derive(PURPOSE), feed);
    this.previousForm = new SealedRecords(key.derivePrevious(PURPOSE), feed);
    this.maxAge = maxAge;
    this.time = time;
    this.files = files;
    this.onRefusal = onRefusal;
  }

  @Override
  public Optional<Kept> load(Consumer<FeedPage> pages) {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(pages));
    } catch (IOException e) {
      LOG.errorf(
          "The copy of the trust in %s is not used: %s. Starting from the services.",
          path, e.getMessage());
      onRefusal.run();
      return Optional.empty();
    }
  }

  @Override
  public void append(FeedPage page, Instant contact, boolean durable) throws IOException {
    add(JournalEntry.page(page, contact), durable);
    if (writer().size() > compactAbove) {
      compact();
    }
  }

  @Override
  public void contact(Instant contact) throws IOException {
    add(JournalEntry.of(JournalEntry.Type.CONTACT, contact), true);
  }

  @Override
  public void released(boolean released, Instant at) throws IOException {
    if (writer == null) {
      if (released) {
        forget();
      }
      return;
    }
    try {
      add(
          JournalEntry.of(released ? JournalEntry.Type.RELEASED : JournalEntry.Type.HELD, at),
          true);
    } catch (IOException e) {
      if (!released) {
        throw e;
      }
      forget();
    }
  }

  @Override
  public Rewrite rewrite() throws IOException {
    return new NewFile();
  }

  @Override
  public boolean needsRewrite() {
    return writer == null || writer.failed();
  }

  @Override
  public void close() {
    if (writer != null) {
      writer.close();
      writer = null;
    }
  }

  private Kept read(Consumer<FeedPage> pages) throws IOException {
    try {
      return read(form, pages);
    } catch (SealedRecords.OtherKey e) {
      Kept kept = read(previousForm, pages);
      compact();
      return kept;
    }
  }

  private Kept read(SealedRecords with, Consumer<FeedPage> pages) throws IOException {
    Tally tally = new Tally(pages);
    JournalReader.End end = JournalReader.read(path, with, tally);
    Kept kept = tally.kept();
    Duration age = Duration.between(kept.contact(), time.wall().instant());
    if (age.compareTo(maxAge) > 0) {
      throw new IOException("the service was last there " + age.toHours() + " hours ago");
    }
    writer = new JournalWriter(files.open(path, false), with, end.seal(), end.size());
    return kept;
  }

  private void add(JournalEntry entry, boolean durable) throws IOException {
    JournalWriter open = writer();
    open.add(entry);
    if (durable) {
      open.force();
    }
  }

  private JournalWriter writer() throws IOException {
    if (writer == null) {
      throw new IOException("there is no file to add to");
    }
    return writer;
  }

  /** Without a copy nothing can be served from it, which is what a release is to bring about. */
  private void forget() throws IOException {
    close();
    Files.deleteIfExists(path);
    directory.force();
  }

  /** If this fails, what is there stays in use, and it is tried again when it has doubled. */
  private void compact() throws IOException {
    JournalWriter current = writer();
    try {
      Compaction.Survivors survivors = new Compaction.Survivors();
      JournalReader.read(path, current.form(), survivors);
      NewFile next = new NewFile();
      try {
        Compaction.Copy copy = new Compaction.Copy(survivors, next.next);
        JournalReader.read(path, current.form(), copy);
        copy.finish();
        next.commit();
      } catch (IOException e) {
        next.abandon();
        throw e;
      }
    } catch (SealedRecords.Damaged e) {
      current.fail();
      throw e;
    } catch (IOException e) {
      LOG.warnf("%s could not be written anew: %s", path, e);
      compactAbove = current.size() * 2;
    }
  }

  /** What the records of a file amount to. */
  private static final class Tally implements JournalReader.Sink {
    private final Consumer<FeedPage> pages;
    private FeedPosition position = FeedPosition.START;
    private Instant contact = Instant.EPOCH;
    private boolean released;

    Tally(Consumer<FeedPage> pages) {
      this.pages = pages;
    }

    @Override
    public void take(JournalEntry entry) {
      switch (entry.type()) {
        case PAGE -> entry.page().ifPresent(this::add);
        case RELEASED -> released = true;
        case HELD -> released = false;
        case CONTACT -> {}
      }
      boolean isContact =
          entry.type() == JournalEntry.Type.PAGE || entry.type() == JournalEntry.Type.CONTACT;
      if (isContact && entry.at().isAfter(contact)) {
        contact = entry.at();
      }
    }

    Kept kept() throws SealedRecords.Damaged {
      if (position.isStart()) {
        throw new SealedRecords.Damaged("it holds no page");
      }
      return new Kept(position, contact, released);
    }

    private void add(FeedPage page) {
      position = new FeedPosition(Optional.of(page.epoch()), page.revision(), page.hash());
      pages.accept(page);
    }
  }

  private final class NewFile implements Rewrite {
    private final Path temporary = path.resolveSibling(path.getFileName() + ".new");
    private final JournalWriter next;

    NewFile() throws IOException {
      next = JournalWriter.begin(files.open(temporary, true), form);
    }

    @Override
    public void append(FeedPage page, Instant contact) throws IOException {
      next.add(JournalEntry.page(page, contact));
    }

    @Override
    public void commit() throws IOException {
      next.force();
      try {
        directory.replace(temporary, path);
      } catch (IOException e) {
        if (writer != null) {
          writer.fail();
        }
        throw e;
      }
      close();
      writer = next;
      compactAbove = Math.max(SMALLEST_WORTH_COMPACTING, next.size() * 2);
    }

    @Override
    public void abandon() {
      next.close();
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException e) {
        // The next one begins it anew.
      }
    }
  }
}
