package dev.gatehouse.gateway.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.apikey.AuthApiKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatcherIdsTest {

  @TempDir Path folder;

  private final FaultyDisk disk = new FaultyDisk();
  private final AtomicInteger failures = new AtomicInteger();
  private StateDirectory directory;

  @BeforeEach
  void open() {
    directory = StateDirectory.open(folder);
  }

  @AfterEach
  void close() {
    directory.close();
  }

  @Test
  void thoseBeforeAreNamedUntilTheServiceWasTold() {
    WatcherIds first = take();
    WatcherIds second = take();
    WatcherIds third = take();
    assertThat(third.predecessors()).containsExactly(second.own(), first.own());

    third.told(second.own());

    assertThat(third.predecessor()).contains(first.own());
    assertThat(take().predecessors()).containsExactly(third.own(), first.own());
  }

  @Test
  void withoutAFolderThereIsNobodyBefore() {
    take(Optional.empty(), "keys", key("a", Optional.empty()));

    assertThat(take(Optional.empty(), "keys", key("a", Optional.empty())).predecessor()).isEmpty();
  }

  @Test
  void aFileThatSomebodyElseWroteNamesNobody() throws Exception {
    take();
    Path file = folder.resolve("keys.watchers");
    Files.writeString(file, Files.readString(file).replaceFirst("^.", "x"));

    assertThat(take().predecessor()).isEmpty();
    assertThat(failures).hasValue(1);
  }

  @Test
  void theFileOfTheOtherFeedNamesNobody() throws Exception {
    take();
    Files.copy(folder.resolve("keys.watchers"), folder.resolve("tenants.watchers"));

    assertThat(take(Optional.of(directory), "tenants", key("a", Optional.empty())).predecessor())
        .isEmpty();
  }

  @Test
  void afterARotationThoseBeforeAreStillNamed() {
    String first = take().own();

    WatcherIds rotated =
        take(
            Optional.of(directory),
            "keys",
            key("b", Optional.of("a".repeat(AuthApiKey.MIN_LENGTH))));

    assertThat(rotated.predecessor()).contains(first);
  }

  @Test
  void aFullDiskIsCountedAndNoReasonToStop() throws IOException {
    disk.full(true);

    assertThat(take().own()).isNotEmpty();
    assertThat(failures).hasValue(1);
  }

  private WatcherIds take() {
    return take(Optional.of(directory), "keys", key("a", Optional.empty()));
  }

  private WatcherIds take(Optional<StateDirectory> where, String feed, AuthApiKey key) {
    SealedLines file = new SealedLines(where, feed + ".watchers", WatcherIds.PURPOSE, key, disk);
    return WatcherIds.take(UUID.randomUUID().toString(), file, failures::incrementAndGet);
  }

  private static AuthApiKey key(String letter, Optional<String> previous) {
    return new AuthApiKey(letter.repeat(AuthApiKey.MIN_LENGTH), previous);
  }
}
