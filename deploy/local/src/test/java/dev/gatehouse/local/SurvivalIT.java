package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Law 5: what is served survives. */
class SurvivalIT {
  private static final String HOST = "cortex.newtenant.localhost";
  private static final String LABELS = "/api/v1/labels";
  private static final int QUERIES_AFTERWARDS = 200;

  @TempDir Path home;

  @Test
  void queriesSeeNothingOfTheDeathOfBothServicesAndTheDatabase() throws Exception {
    Path state = home.resolve("state");
    String token;
    try (RunningInstance instance = RunningInstance.up(state, "--keep-going")) {
      token = admit(instance);
      AtomicInteger answered = new AtomicInteger();
      AtomicBoolean enough = new AtomicBoolean();
      ExecutorService threads = Executors.newSingleThreadExecutor();
      try {
        Future<String> loop = threads.submit(queries(instance, token, answered, enough));
        await().until(() -> answered.get() > 10);

        instance.process("tenant-service").kill();
        instance.process("key-service").kill();
        instance.process("database").kill();
        int before = answered.get();
        await().until(() -> loop.isDone() || answered.get() > before + QUERIES_AFTERWARDS);
        enough.set(true);

        assertThat(loop.get()).isEmpty();
      } finally {
        enough.set(true);
        threads.shutdown();
      }
      instance.process("launcher").kill();
      await().untilAsserted(instance::assertNothingIsLeft);
    }

    try (RunningInstance alone = RunningInstance.up(state, "--only", "gateway,demo-backend")) {
      assertThat(alone.processes())
          .extracting(OurProcess::name)
          .containsExactlyInAnyOrder("launcher", "reaper", "gateway");
      assertThat(query(alone, token).statusCode()).isEqualTo(200);
      assertThat(query(alone, tampered(token)).statusCode()).isEqualTo(401);
    }
  }

  private String admit(RunningInstance instance) {
    succeeds(instance.gatehouse(home, "ta-create-keypair", "key.pem"));
    succeeds(instance.gatehouse(home, "ta-pubkeys-add", "local", "key.pem", "--wait"));
    succeeds(instance.gatehouse(home, "tenants", "add", "local", "newtenant", "--wait"));
    return succeeds(instance.gatehouse(home, "ta-create-token", "local", "newtenant", "key.pem"));
  }

  /** Asks until it is enough, or until an answer is not 200: then that is what it returns. */
  private static Callable<String> queries(
      RunningInstance instance, String token, AtomicInteger answered, AtomicBoolean enough) {
    return () -> {
      while (!enough.get()) {
        HttpResponse<String> answer = query(instance, token);
        if (answer.statusCode() != 200) {
          return answer.statusCode() + " " + answer.body();
        }
        answered.incrementAndGet();
      }
      return "";
    };
  }

  private static HttpResponse<String> query(RunningInstance instance, String token) {
    return instance.get(HOST, LABELS, "Authorization", "Bearer " + token);
  }

  /** Another signature of the same length. */
  private static String tampered(String token) {
    int signature = token.lastIndexOf('.') + 1;
    char first = token.charAt(signature);
    return token.substring(0, signature)
        + (first == 'A' ? 'B' : 'A')
        + token.substring(signature + 1);
  }

  private static String succeeds(Run run) {
    assertThat(run.exit()).as("it said: %s%s", run.out(), run.err()).isZero();
    return run.out();
  }
}
