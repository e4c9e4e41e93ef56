package dev.gatehouse.gateway.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.feed.FeedPage;
import dev.gatehouse.common.feed.client.Answer;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.trust.FeedReplica.Next;
import dev.gatehouse.gateway.trust.TrustMetrics.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** One replica with a disk, asked and answered by hand. */
abstract class ReplicaScene {

  static final int LIMIT = 2;
  static final AuthApiKey KEY = new AuthApiKey("k".repeat(AuthApiKey.MIN_LENGTH), Optional.empty());

  @TempDir Path folder;

  final TestTime clock = new TestTime();
  final FaultyDisk disk = new FaultyDisk();
  final List<Event> events = new ArrayList<>();
  final List<Tenants> published = new ArrayList<>();
  final List<FeedPage> pages = new ArrayList<>();
  final History history = new History().tenant("aa").tenant("bb").tenant("cc");
  FeedStatus status = new FeedStatus("tenants");
  StateDirectory directory;
  FeedReplica<Tenants> replica;

  @BeforeEach
  void start() {
    directory = StateDirectory.open(folder);
    replica = replica(false);
    replica.load();
  }

  @AfterEach
  void stop() {
    replica.close();
    directory.close();
  }

  Next answer(FeedPage page) {
    return answer(new Answer.Page(page));
  }

  Next answer(Answer answer) {
    return replica.take(replica.ask(), answer, clock.time.moment());
  }

  /** Asks and answers until nothing is left to say. */
  void catchUp(History from) {
    do {
      answer(from.page(replica.ask().since().revision(), LIMIT, false));
    } while (!replica.ask().since().equals(from.position()));
    answer(from.page(from.head()));
  }

  void catchUpOnce() {
    answer(history.page(replica.ask().since().revision()));
  }

  void restart() {
    replica.close();
    status = new FeedStatus("tenants");
    published.clear();
    replica = replica(false);
    replica.load();
  }

  Tenants tenants() {
    return published.get(published.size() - 1);
  }

  void assertServes(String... names) {
    assertThat(tenants().size()).isEqualTo(names.length);
    assertThat(names)
        .allSatisfy(name -> assertThat(tenants().byName(new TenantId(name))).isPresent());
  }

  FeedReplica<Tenants> replica(boolean acceptOtherHistory) {
    Journal journal =
        new DiskJournal(
            directory,
            "tenants",
            KEY,
            Duration.ofDays(7),
            clock.time,
            disk,
            () -> events.add(Event.JOURNAL_REFUSED));
    Succession succession =
        new Succession(
            "tenants",
            acceptOtherHistory,
            KEY,
            new SealedLines(
                Optional.of(directory), "tenants.epochs", Succession.PURPOSE, KEY, disk));
    succession.load();
    return new FeedReplica<>(
        new Followed<>(new TenantProjection(), status, published::add, events::add, pages::add),
        journal,
        succession,
        FeedSettings.of(
            acceptOtherHistory, Duration.ofDays(7), Optional.empty(), Duration.ofMinutes(1)),
        clock.time);
  }
}
