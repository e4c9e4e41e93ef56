package dev.gatehouse.gateway.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.common.name.Username;
import dev.gatehouse.gateway.catalog.Operation;
import dev.gatehouse.gateway.catalog.OperationClass;
import dev.gatehouse.gateway.catalog.Traits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLogTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  /** Remembers what it was given, when it is let. */
  private static final class Paper implements AccessLog.Sink {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final CountDownLatch free = new CountDownLatch(1);
    private volatile boolean full;

    @Override
    public void write(byte[] bytes) throws IOException {
      if (full) {
        throw new IOException("No space left on device");
      }
      try {
        free.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      lines.addAll(new String(bytes, StandardCharsets.US_ASCII).lines().toList());
    }

    @Override
    public void close() {}
  }

  @Test
  void aLineSaysWhoAskedForWhatAndWhatBecameOfIt() {
    StringBuilder out = new StringBuilder();

    line("/api/v1/query?query=up").writeTo(out, false);

    assertThat(out)
        .hasToString(
            "{\"time\":\"2026-01-02T03:04:05.678Z\",\"requestId\":\"r-1\",\"client\":\"192.0.2.1\","
                + "\"method\":\"GET\",\"host\":\"demo.acme.example.test\",\"path\":\"/api/v1/query\","
                + "\"protocol\":\"1.1\",\"api\":\"demo\",\"operation\":\"read\",\"tenant\":\"acme\","
                + "\"username\":\"alice\",\"outcome\":\"success\",\"status\":200,\"bytesIn\":1,"
                + "\"bytesOut\":2,\"durationMs\":12.345,\"upstreamMs\":0.007,"
                + "\"userAgent\":\"curl/8\"}\n");
  }

  @Test
  void aRefusalSaysItsCodeAndNothingThatIsNotKnown() {
    StringBuilder out = new StringBuilder();
    Ended ended =
        new Ended(
            "r-1",
            "192.0.2.1",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Outcome.refused(ErrorCode.PATH_REFUSED),
            0,
            OptionalLong.empty(),
            0,
            0);

    new AccessLine(0, "GET", "/..", HttpVersion.HTTP_2, 0, 0, 0, Optional.empty(), ended)
        .writeTo(out, true);

    assertThat(out)
        .hasToString(
            "{\"time\":\"1970-01-01T00:00:00Z\",\"requestId\":\"r-1\",\"client\":\"192.0.2.1\","
                + "\"method\":\"GET\",\"path\":\"/..\",\"protocol\":\"2\",\"outcome\":\"refused\","
                + "\"code\":\"path_refused\",\"bytesIn\":0,\"bytesOut\":0,\"durationMs\":0.000}\n");
  }

  @Test
  void aQueryIsThereOnlyIfItIsSwitchedOnAndNeverWithATokenInIt() {
    String target = "/x?a=1&access_token=secret&b=eyJhbGciOiJSUzI1NiJ9.e30.c2ln&c=2";
    StringBuilder off = new StringBuilder();
    StringBuilder on = new StringBuilder();

    line(target).writeTo(off, false);
    line(target).writeTo(on, true);

    assertThat(off.toString()).contains("\"path\":\"/x\"").doesNotContain("query", "a=1");
    assertThat(on.toString())
        .contains("\"query\":\"a=1&access_token=[token]&b=[token]&c=2\"")
        .doesNotContain("secret", "eyJ");
  }

  @Test
  void noTextCanStartAnotherLineOrEndItsField() {
    StringBuilder out = new StringBuilder();

    line("/a\"\\\r\n\u001b[2J\u0085\u2028\u00e9").writeTo(out, false);

    assertThat(out.toString())
        .contains("\"path\":\"/a\\\"\\\\\\u000d\\u000a\\u001b[2J\\u0085\\u2028\\u00e9\"")
        .matches("[ -~]*\n");
  }

  @Test
  void whoeverCannotKeepUpLosesLinesAndIsToldHowMany() {
    Paper paper = new Paper();
    try (AccessLog log = new AccessLog(paper, false, 4, registry)) {
      for (int i = 0; i < 1_000; i++) {
        log.write(line("/x"));
      }
      double dropped = registry.get("gatehouse.access.log.dropped").functionCounter().count();
      assertThat(dropped).isGreaterThan(500);

      paper.free.countDown();

      await()
          .untilAsserted(
              () -> assertThat(paper.lines).anyMatch(line -> line.contains("\"dropped\":")));
      long written = paper.lines.stream().filter(line -> line.contains("\"path\"")).count();
      assertThat(written + dropped).isEqualTo(1_000);
    }
  }

  @Test
  void aDiskThatIsFullCostsLinesAndNothingElse() {
    Paper paper = new Paper();
    paper.free.countDown();
    paper.full = true;
    try (AccessLog log = new AccessLog(paper, false, 100, registry)) {
      log.write(line("/lost"));
      await()
          .untilAsserted(
              () ->
                  assertThat(registry.get("gatehouse.access.log.dropped").functionCounter().count())
                      .isEqualTo(1));

      paper.full = false;
      log.write(line("/kept"));

      await().untilAsserted(() -> assertThat(paper.lines).anyMatch(line -> line.contains("/kept")));
      assertThat(paper.lines).anyMatch(line -> line.endsWith("\"dropped\":1}"));
    }
  }

  @Test
  void whatWaitsIsWrittenWhenItIsClosed() {
    Paper paper = new Paper();
    paper.free.countDown();
    AccessLog log = new AccessLog(paper, false, 1_000, registry);
    for (int i = 0; i < 1_000; i++) {
      log.write(line("/x"));
    }

    log.close();

    assertThat(paper.lines).hasSize(1_000);
  }

  @Test
  void aFileThatIsMovedAwayIsMadeAnew(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("access.log");
    try (AccessLog log = new AccessLog(new LogFile(file), false, 100, registry)) {
      log.write(line("/before"));
      await().until(() -> Files.size(file) > 0);
      Files.move(file, directory.resolve("access.log.1"));

      await()
          .untilAsserted(
              () -> {
                log.write(line("/after"));
                assertThat(file).exists();
              });
    }
    assertThat(Files.readString(file)).contains("/after").doesNotContain("/before");
    assertThat(Files.readString(directory.resolve("access.log.1"))).contains("/before");
  }

  private static AccessLine line(String target) {
    return new AccessLine(
        1_767_323_045_678L,
        "GET",
        target,
        HttpVersion.HTTP_1_1,
        200,
        1,
        2,
        Optional.of("curl/8"),
        new Ended(
            "r-1",
            "192.0.2.1",
            Optional.of("demo.acme.example.test"),
            Optional.of("demo"),
            Optional.of(new Operation("/x", OperationClass.READ, List.of(), Traits.NONE, "")),
            Optional.of(new TenantId("acme")),
            Optional.of(new Username("alice")),
            Outcome.answered(200),
            12_345_678,
            OptionalLong.of(7_000),
            0,
            0));
  }
}
