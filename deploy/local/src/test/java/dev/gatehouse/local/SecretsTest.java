package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
  private static final int ASKERS = 8;

  @TempDir Path home;
  private State state;

  @BeforeEach
  void open() throws IOException {
    state = State.open(home.resolve("state"));
  }

  @Test
  void aSecretIsThirtyTwoRandomBytesInAFileForItsOwnerOnly() throws IOException {
    Secrets secrets = new Secrets(state);

    assertThat(Base64.getUrlDecoder().decode(secrets.value("one"))).hasSize(32);
    assertThat(secrets.value("one")).isNotEqualTo(secrets.value("two"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets.file("one"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aSecretStaysTheSameFromRunToRun() throws IOException {
    String yesterday = new Secrets(state).value("one");

    assertThat(new Secrets(state).value("one")).isEqualTo(yesterday);
  }

  @Test
  void allWhoAskAtTheSameTimeGetTheSameSecret() throws Exception {
    Secrets secrets = new Secrets(state);
    ExecutorService threads = Executors.newFixedThreadPool(ASKERS);
    try {
      Callable<String> ask = () -> secrets.value("one");

      List<Future<String>> answers = threads.invokeAll(Collections.nCopies(ASKERS, ask));

      for (Future<String> answer : answers) {
        assertThat(answer.get()).isEqualTo(secrets.value("one"));
      }
    } finally {
      threads.shutdown();
    }
  }
}
