package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TutorialIT {
  private static final String HOST = "cortex.newtenant.localhost";
  private static final String LABELS = "/api/v1/labels";

  @TempDir Path home;

  @Test
  void theTutorialWorksWordForWordAndTheNextDayFindsWhatIsThereUntilOneIsFresh() {
    Path state = home.resolve("state");
    String kept;
    try (RunningInstance instance = RunningInstance.up(state)) {
      succeeds(instance.gatehouse(home, "ta-create-keypair", "custom-keypair.pem"));
      String token =
          succeeds(
              instance.gatehouse(
                  home, "ta-create-token", "local", "newtenant", "custom-keypair.pem"));
      succeeds(instance.gatehouse(home, "ta-pubkeys-add", "local", "custom-keypair.pem"));
      succeeds(instance.gatehouse(home, "tenants", "add", "local", "newtenant", "--wait"));

      HttpResponse<String> without = instance.get(HOST, LABELS);
      assertThat(without.statusCode()).isEqualTo(401);
      assertThat(without.body()).contains("Authorization header missing");

      HttpResponse<String> with = instance.get(HOST, LABELS, "Authorization", "Bearer " + token);
      assertThat(with.statusCode()).as(with.body()).isEqualTo(200);
      assertThat(with.body())
          .contains("\"status\":\"success\"")
          .contains("\"tenant\":\"newtenant\"");

      String keyId = succeeds(instance.gatehouse(home, "ta-pubkeys-list", "local")).strip();
      succeeds(instance.gatehouse(home, "ta-pubkeys-remove", "local", keyId, "--wait"));

      HttpResponse<String> after = instance.get(HOST, LABELS, "Authorization", "Bearer " + token);
      assertThat(after.statusCode()).isEqualTo(401);

      succeeds(instance.gatehouse(home, "ta-create-keypair", "kept.pem", "--type", "ec"));
      succeeds(instance.gatehouse(home, "ta-pubkeys-add", "local", "kept.pem", "--wait"));
      kept =
          succeeds(instance.gatehouse(home, "ta-create-token", "local", "newtenant", "kept.pem"));

      assertThat(instance.down().exit()).isZero();
      instance.assertNothingIsLeft();
    }
    try (RunningInstance today = RunningInstance.up(state)) {
      String tenants = succeeds(today.gatehouse(home, "tenants", "list", "local"));
      HttpResponse<String> labels = today.get(HOST, LABELS, "Authorization", "Bearer " + kept);

      assertThat(tenants.lines()).contains("newtenant");
      assertThat(labels.statusCode()).as(labels.body()).isEqualTo(200);
    }
    try (RunningInstance fresh = RunningInstance.up(state, "--fresh")) {
      String tenants = succeeds(fresh.gatehouse(home, "tenants", "list", "local"));
      HttpResponse<String> labels = fresh.get(HOST, LABELS, "Authorization", "Bearer " + kept);

      assertThat(tenants.lines()).doesNotContain("newtenant");
      assertThat(labels.statusCode()).as(labels.body()).isEqualTo(401);
    }
  }

  private static String succeeds(Run run) {
    assertThat(run.exit()).as("it said: %s%s", run.out(), run.err()).isZero();
    return run.out();
  }
}
