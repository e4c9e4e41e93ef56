package dev.gatehouse.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.Workplace;
import dev.gatehouse.cli.Workplace.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without an instance: what an export says by itself. */
class VerifyFileTest {

  @TempDir private Path home;
  private Workplace workplace;

  private final Chained log =
      new Chained()
          .entry("tenants", "tenant.create")
          .entry("keys", "key.create")
          .entry("tenants", "tenant.remove")
          .entry("keys", "key.remove");

  @BeforeEach
  void start() {
    workplace = new Workplace(home);
  }

  @Test
  void aWholeExportIsIntact() {
    assertThat(verify(log.jsonLines()))
        .isEqualTo(
            new Outcome(
                0, "keys: intact, 2 entries, 1 to 2\ntenants: intact, 2 entries, 1 to 2\n", ""));
  }

  @Test
  void aPartFromTheMiddleIsIntact() {
    assertThat(verify(log.line(2) + "\n").out()).isEqualTo("tenants: intact, 1 entries, 2 to 2\n");
  }

  @Test
  void aChangedContentIsNamed() {
    assertBroken(
        log.jsonLines().replace("key.create", "key.remove"),
        "line 2 (keys 1): its hash is not that of its content");
  }

  /** The hashed content is right, and the reader is shown something else. */
  @Test
  void aChangedMemberIsNamed() {
    String shown = log.line(1).replaceFirst("key\\.create", "key.nothing");

    assertBroken(
        log.line(0) + "\n" + shown + "\n",
        "line 2 (keys 1): it does not show what its content says");
  }

  @Test
  void anAddedMemberIsNamed() {
    assertBroken(
        log.line(0).replace("{\"service\"", "{\"code\":\"not_allowed\",\"service\""),
        "line 1 (tenants 1): it does not show what its content says");
  }

  @Test
  void aMissingEntryIsNamed() {
    Chained three = new Chained().entry("keys", "a").entry("keys", "b").entry("keys", "c");

    assertBroken(
        three.line(0) + "\n" + three.line(2) + "\n",
        "line 2 (keys 3): entry 2 of keys should stand here");
  }

  @Test
  void anExchangedHistoryIsNamed() {
    Chained other = new Chained().entry("keys", "x").entry("keys", "y");

    assertBroken(
        log.line(1) + "\n" + other.line(1) + "\n",
        "line 2 (keys 2): it does not continue the entry before it");
  }

  @Test
  void aFirstEntryThatContinuesAnotherOneIsNamed() {
    String first = log.line(0).replace("\"" + "0".repeat(64), "\"" + "1".repeat(64));

    assertBroken(first, "line 1 (tenants 1): it does not continue the entry before it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"service\":\"keys\"", "null", "{} {}", "text"})
  void whatIsNoEntryIsNamed(String line) {
    assertBroken(log.line(0) + "\n" + line + "\n", "line 2: it is not an entry of an audit log");
  }

  @Test
  void anEmptyFileProvesNothing() {
    Outcome outcome = verify("");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).hasLineCount(1).contains("holds no entries");
  }

  @Test
  void jsonNamesTheFirstBadLine() {
    workplace.withFile("audit.jsonl", log.jsonLines().replace("key.create", "x"));

    Outcome outcome =
        workplace.run(
            "audit", "verify", "--file", workplace.file("audit.jsonl").toString(), "-o", "json");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).contains("\"intact\" : false", "\"line\" : 2");
  }

  private void assertBroken(String content, String message) {
    Outcome outcome = verify(content);

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).hasLineCount(1).endsWith(message + ".\n");
  }

  private Outcome verify(String content) {
    workplace.withFile("audit.jsonl", content);
    return workplace.run("audit", "verify", "--file", workplace.file("audit.jsonl").toString());
  }
}
