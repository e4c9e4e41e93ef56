package dev.gatehouse.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.AgainstAnInstance;
import dev.gatehouse.cli.Workplace.Outcome;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AuditTest extends AgainstAnInstance {

  private static final String EXPORT = "GET /api/v1/audit?order=asc&limit=500";

  private final Chained log =
      new Chained().entry("tenants", "tenant.create").entry("keys", "key.create");

  @Test
  void listPrintsAnEntryALine() {
    instance.answer("GET /api/v1/audit?order=desc&limit=100", 200, log.page(0, 2, ""));

    Outcome outcome = gatehouse("audit list local");

    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                0,
                """
                2026-01-01T00:00:01.000Z  acme/alice  tenant.create  /api/v1/tenants/é  done
                2026-01-01T00:00:01.000Z  acme/alice  key.create  /api/v1/tenants/é  done
                """,
                ""));
  }

  @Test
  void listFilters() {
    String line =
        "GET /api/v1/audit?tenant=acme&actor=alice&action=tenant.create&outcome=refused"
            + "&since=2026-01-01T00%3A00%3A00Z&until=2026-01-02T00%3A00%3A00Z&service=tenants"
            + "&order=asc&limit=5";
    instance.answer(line, 200, log.page(0, 1, ""));
    workplace.at(Instant.parse("2026-01-02T00:00:00Z"));

    Outcome outcome =
        gatehouse(
            "audit list local --tenant acme --actor alice --action tenant.create --outcome refused"
                + " --since 24h --until now --service tenants --oldest-first --limit 5 -o wide");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).hasLineCount(2).startsWith("AT ").contains("acme/alice");
  }

  @Test
  void listSaysThatThereIsMore() {
    instance.answer("GET /api/v1/audit?order=desc&limit=1", 200, log.page(0, 1, "c"));

    Outcome outcome = gatehouse("audit list local --limit 1");

    assertThat(outcome.out()).hasLineCount(1);
    assertThat(outcome.err()).hasLineCount(1).contains("there are more", "--limit");
  }

  @Test
  void exportPrintsCompleteEntriesOfAllPagesForVerifyToRead() {
    instance
        .answer(EXPORT, 200, log.page(0, 1, "c"))
        .answer(EXPORT + "&cursor=c", 200, log.page(1, 2, ""));

    Outcome exported = gatehouse("audit export local");
    Outcome verified = workplace.runWithInput(exported.out(), "audit", "verify", "--file", "-");

    assertThat(exported).isEqualTo(new Outcome(0, log.jsonLines(), ""));
    assertThat(verified)
        .isEqualTo(
            new Outcome(
                0, "keys: intact, 1 entries, 1 to 1\ntenants: intact, 1 entries, 1 to 1\n", ""));
  }

  @Test
  void exportTakesAPartOfTheLog() {
    instance.answer(
        "GET /api/v1/audit?since=2026-01-01T00%3A00%3A00Z&until=2026-02-01T00%3A00%3A00Z"
            + "&service=keys&order=asc&limit=500",
        200, log.page(1, 2, ""));

    Outcome outcome =
        gatehouse("audit export local --since 2026-01-01 --until 2026-02-01 --service keys");

    assertThat(outcome).isEqualTo(new Outcome(0, log.line(1) + "\n", ""));
  }

  @Test
  void anInstanceThatIsIntactSaysSo() {
    instance.answer(
        "GET /api/v1/audit/verify",
        200,
        """
        {"intact":true,"services":[{"service":"tenants","intact":true,"entries":9,"from":1,"to":9}]}""");

    assertThat(gatehouse("audit verify local"))
        .isEqualTo(new Outcome(0, "tenants: intact, 9 entries, 1 to 9\n", ""));
  }

  @Test
  void anInstanceThatIsNotIntactExitsWith1AndNamesTheFirstBadEntry() {
    instance.answer(
        "GET /api/v1/audit/verify",
        200,
        """
        {"intact":false,"services":[{"service":"keys","intact":false,"entries":9,"from":1,"to":9,\
        "firstBad":{"sequence":5,"why":"its hash is not that of its content"}}]}""");

    Outcome outcome = gatehouse("audit verify local");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).isEqualTo("keys: broken, 9 entries, 1 to 9\n");
    assertThat(outcome.err())
        .contains("keys: the first bad entry is 5: its hash is not that of its content.")
        .contains("keep its database as it is");
  }

  @Test
  void pruneSendsTheLastEntryOfTheExport() {
    log.entry("keys", "key.remove");
    workplace.withFile("audit.jsonl", log.jsonLines());
    instance
        .answer("GET /api/v1/audit?service=keys&order=asc&limit=1", 200, log.page(1, 2, "c"))
        .answer("POST /api/v1/audit/prune", 200, "{\"service\":\"keys\",\"removed\":2,\"from\":3}");

    Outcome outcome =
        gatehouse("audit prune local --service keys --file " + workplace.file("audit.jsonl"));

    assertThat(outcome)
        .isEqualTo(new Outcome(0, "keys: 2 entries removed, the log begins with 3\n", ""));
    assertThat(instance.calls().get(1).body())
        .isEqualTo(
            "{\"service\":\"keys\",\"through\":2,\"hash\":\"%s\"}".formatted(log.head("keys")));
  }

  @Test
  void pruneRefusesAnExportThatIsBroken() {
    workplace.withFile("audit.jsonl", log.jsonLines().replace("key.create", "key.remove"));

    Outcome outcome =
        gatehouse("audit prune local --service tenants --file " + workplace.file("audit.jsonl"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).hasLineCount(1).contains("line 2 (keys 1)", "Nothing is removed");
    assertThat(instance.calls()).isEmpty();
  }

  @Test
  void pruneRefusesToLoseWhatTheExportDoesNotHold() {
    log.entry("keys", "key.remove");
    workplace.withFile("audit.jsonl", log.line(2) + "\n");
    instance.answer("GET /api/v1/audit?service=keys&order=asc&limit=1", 200, log.page(1, 2, "c"));

    Outcome outcome =
        gatehouse("audit prune local --service keys --file " + workplace.file("audit.jsonl"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).hasLineCount(1).contains("begins with entry 1", "only with 2");
    assertThat(instance.calls()).hasSize(1);
  }

  @Test
  void pruneRefusesAnExportWithoutThatService() {
    workplace.withFile("audit.jsonl", log.line(0) + "\n");

    Outcome outcome =
        gatehouse("audit prune local --service keys --file " + workplace.file("audit.jsonl"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).hasLineCount(1).contains("holds no entries of the service keys");
  }
}
