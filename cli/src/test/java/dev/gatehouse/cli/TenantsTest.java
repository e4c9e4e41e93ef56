package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.Workplace.Outcome;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantsTest extends AgainstAnInstance {

  private static final String TENANT =
      """
      {"id":"5f8d","name":"acme:pay","displayName":"Payments","orgId":"acme.pay","status":"active",\
      "limits":{"bodyBytes":1048576},"createdAt":"2026-01-01T00:00:00Z","revision":7}""";

  @Test
  void addSendsTheTenantAndPrintsItsName() {
    instance.answer("POST /api/v1/tenants", 201, TENANT);

    Outcome outcome =
        workplace.run(
            "tenants", "add", "local", "acme:pay", "--display-name", "Payments", "--org-id", "x1");

    assertThat(outcome).isEqualTo(new Outcome(0, "acme:pay\n", ""));
    assertThat(instance.calls())
        .containsExactly(
            new FakeInstance.Call(
                "POST /api/v1/tenants",
                "Bearer token-1",
                "{\"name\":\"acme:pay\",\"displayName\":\"Payments\",\"orgId\":\"x1\"}"));
  }

  @Test
  void addSendsLimits() {
    instance.answer("POST /api/v1/tenants", 201, TENANT);

    gatehouse("tenants add local acme --limit requests-per-second=100 --limit body-bytes=10Mi");

    assertSent(
        "POST /api/v1/tenants",
        "{\"name\":\"acme\",\"limits\":{\"requestsPerSecond\":100,\"bodyBytes\":10485760}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--display-name Pay             | {'displayName':'Pay'}",
        "--no-display-name              | {'displayName':null}",
        "--limit open-streams=5         | {'limits':{'openStreams':5}}",
        "--no-limit bytes-per-second    | {'limits':{'bytesPerSecond':null}}",
        "--limit concurrent-requests=2 --no-limit body-bytes --display-name P"
            + " | {'displayName':'P','limits':{'concurrentRequests':2,'bodyBytes':null}}"
      })
  void setSendsOnlyWhatChanges(String options, String patch) {
    instance.answer("PATCH /api/v1/tenants/acme?wait=PT10S", 200, TENANT);

    Outcome outcome = gatehouse("tenants set local acme --wait " + options);

    assertThat(outcome).isEqualTo(new Outcome(0, "acme:pay\n", ""));
    assertSent("PATCH /api/v1/tenants/acme?wait=PT10S", patch.replace('\'', '"'));
  }

  @Test
  void addWithReuseSaysSo() {
    instance.answer("POST /api/v1/tenants", 201, TENANT);

    workplace.run("tenants", "add", "local", "acme", "--reuse");

    assertThat(instance.calls().get(0).body()).isEqualTo("{\"name\":\"acme\",\"reuse\":true}");
  }

  @ParameterizedTest
  @CsvSource({"--wait, PT10S", "--wait=20s, PT20S", "--wait=1m, PT1M", "--wait=PT5S, PT5S"})
  void waitAsksForTheReceipt(String option, String sent) {
    instance.answer("POST /api/v1/tenants?wait=" + sent, 201, TENANT);

    Outcome outcome = workplace.run("tenants", "add", "local", option, "acme:pay");

    assertThat(outcome).isEqualTo(new Outcome(0, "acme:pay\n", ""));
  }

  @Test
  void aReceiptThatIsNotCompleteExitsWith3AndNamesTheMissing() {
    String accepted = TENANT.replace("7}", "7,\"missing\":[\"gateway-a\",\"gateway-b\"]}");
    instance.answer("POST /api/v1/tenants?wait=PT10S", 202, accepted);

    Outcome outcome = workplace.run("tenants", "add", "local", "acme:pay", "--wait");

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.out()).isEqualTo("acme:pay\n");
    assertThat(outcome.err()).hasLineCount(1).contains("gateway-a, gateway-b");
  }

  @Test
  void listPrintsNamesOfAllPages() {
    instance
        .answer("GET /api/v1/tenants", 200, page("a1", "n x"))
        .answer("GET /api/v1/tenants?cursor=n%20x", 200, page("b2", ""));

    Outcome outcome = workplace.run("tenants", "list", "local");

    assertThat(outcome).isEqualTo(new Outcome(0, "a1\nb2\n", ""));
  }

  @Test
  void listFilters() {
    instance.answer("GET /api/v1/tenants?prefix=ac&status=suspended", 200, page("acme", ""));

    Outcome outcome =
        workplace.run("tenants", "list", "local", "--prefix", "ac", "--status", "suspended");

    assertThat(outcome).isEqualTo(new Outcome(0, "acme\n", ""));
  }

  @Test
  void listIsATableIfWide() {
    instance.answer("GET /api/v1/tenants", 200, "{\"tenants\":[" + TENANT + "]}");

    Outcome outcome = workplace.run("tenants", "list", "local", "-o", "wide");

    assertThat(outcome.out())
        .isEqualTo(
            """
            NAME      STATUS  ORG-ID    LIMITS              CREATED-AT            DISPLAY-NAME
            acme:pay  active  acme.pay  body-bytes=1048576  2026-01-01T00:00:00Z  Payments
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "-o json tenants list local",
    "tenants -o json list local",
    "tenants list local -o json"
  })
  void jsonMayBeAskedForAnywhere(String line) throws IOException {
    instance.answer("GET /api/v1/tenants", 200, page("acme", ""));

    Outcome outcome = workplace.run(line.split(" "));

    assertThat(json(outcome).at("/tenants/0/name").asText()).isEqualTo("acme");
  }

  @Test
  void showPrintsEachField() {
    instance.answer("GET /api/v1/tenants/acme%3Apay", 200, TENANT);

    Outcome outcome = workplace.run("tenants", "show", "local", "acme:pay");

    assertThat(outcome.out())
        .contains(
            "name: acme:pay\n",
            "status: active\n",
            "limits: body-bytes=1048576\n",
            "revision: 7\n");
  }

  @ParameterizedTest
  @CsvSource({"suspend, suspended", "resume, active"})
  void suspendAndResumePatchTheStatus(String command, String status) {
    instance.answer("PATCH /api/v1/tenants/acme?wait=PT10S", 200, TENANT);

    Outcome outcome = workplace.run("tenants", command, "local", "acme", "--wait");

    assertThat(outcome.exitCode()).isZero();
    assertThat(instance.calls().get(0).body()).isEqualTo("{\"status\":\"%s\"}".formatted(status));
  }

  @Test
  void removePrintsWhatWasRemoved() {
    instance.answer(
        "DELETE /api/v1/tenants/acme?recursive=true",
        200,
        "{\"name\":\"acme\",\"revision\":9,\"removed\":[\"acme:pay\",\"acme\"]}");

    Outcome outcome = workplace.run("tenants", "remove", "local", "acme", "--recursive");

    assertThat(outcome).isEqualTo(new Outcome(0, "acme:pay\nacme\n", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "409, tenant_has_children, --recursive",
    "404, tenant_unknown, gatehouse tenants list local",
    "403, not_allowed, identity",
    "503, service_unavailable, Try again",
    "500, internal, req-1"
  })
  void aRefusalIsOneLineWithItsCodeAndWhatToDo(int status, String code, String remedy) {
    instance.refuse("DELETE /api/v1/tenants/acme", status, code, "Because of this");

    Outcome outcome = workplace.run("tenants", "remove", "local", "acme");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .hasLineCount(1)
        .startsWith("gatehouse: " + code + ": Because of this.")
        .contains(remedy);
  }

  @Test
  void aDetailCannotWriteOverTheTerminal() {
    instance.refuse("DELETE /api/v1/tenants/acme", 409, "x", "one\\nlo\\u001b[2Jst");

    Outcome outcome = workplace.run("tenants", "remove", "local", "acme");

    assertThat(outcome.err()).hasLineCount(1).doesNotContain("\u001b").contains("one lo [2Jst");
  }

  @Test
  void anAnswerOfSomethingElseNamesTheUrl() {
    Outcome outcome = workplace.run("tenants", "list", "local");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .hasLineCount(1)
        .contains(instance.url() + " answered 404, but not as Gatehouse does");
  }

  @Test
  void anInstanceThatDoesNotRunIsNamed() {
    instance.answer("POST /default/token", 200, "{\"access_token\":\"t\"}");
    instance.close();

    Outcome outcome = workplace.run("tenants", "list", "local");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).hasLineCount(1).contains("connection refused", instance.url());
  }

  @Test
  void anInstanceThatIsNotConfiguredIsNamed() {
    Outcome outcome = workplace.run("tenants", "list", "elsewhere");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .hasLineCount(1)
        .contains("does not name the instance elsewhere", "gatehouse instances add elsewhere URL");
  }

  private static String page(String name, String next) {
    return "{\"tenants\":[{\"name\":\"%s\"}]%s}"
        .formatted(name, next.isEmpty() ? "" : ",\"next\":\"" + next + "\"");
  }
}
