package dev.gatehouse.key.anchor;

import static dev.gatehouse.common.testing.TestCalls.as;
import static dev.gatehouse.key.anchor.KeyCalls.KEYS;
import static dev.gatehouse.key.anchor.KeyCalls.post;
import static dev.gatehouse.key.anchor.KeyCalls.upload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.common.testing.TestDatabase;
import dev.gatehouse.key.FeedReader;
import dev.gatehouse.key.fake.FakeTenantService;
import dev.gatehouse.key.fake.Neighbours;
import dev.gatehouse.key.material.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Private keys never enter: refused, not logged, not stored. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(Neighbours.class)
class PrivateKeyUploadTest {

  @SuppressWarnings("NullAway.Init")
  FakeTenantService tenants;

  @SuppressWarnings("NullAway.Init")
  TestDatabase database;

  private final CapturedLog log = new CapturedLog();
  private final byte[] der = TestKeys.pair("RSA").getPrivate().getEncoded();
  private final String secret = Base64.getEncoder().encodeToString(der);
  private String owner;

  @BeforeEach
  void captureTheLog() {
    owner = "acme-" + Long.toString(System.nanoTime(), 36);
    tenants.register(owner);
    Logger.getLogger("").addHandler(log);
  }

  @AfterEach
  void letGo() {
    Logger.getLogger("").removeHandler(log);
  }

  @Test
  void noByteOfAPrivateKeyIsKept() {
    long before = FeedReader.head();
    String pem = TestKeys.pem("PRIVATE KEY", der);

    for (String key :
        List.of(
            pem,
            TestKeys.newPublicKey() + pem,
            TestKeys.pem("PUBLIC KEY", der),
            secret,
            "{\"kty\":\"oct\",\"k\":\"" + secret + "\"}")) {
      post(as(owner), upload(key, owner))
          .statusCode(400)
          .body("code", equalTo("private_key_refused"))
          .body(
              "detail",
              allOf(
                  containsString("openssl pkey -in key.pem -pubout"),
                  containsString("gatehouse ta-pubkeys-add")));
    }
    post(
            as(owner),
            upload(TestKeys.newPublicKey(), owner).put("description", secret.substring(0, 200)))
        .statusCode(400)
        .body("code", equalTo("private_key_refused"));
    as(owner).body(pem).post(KEYS).then().body("code", equalTo("private_key_refused"));
    as(owner).body("{\"key\":" + "{\"d\":\"" + secret).post(KEYS).then().statusCode(400);

    assertThat(FeedReader.head()).isEqualTo(before);
    as(owner).get(KEYS).then().body("keys", hasSize(0));
    Logger.getLogger(PrivateKeyUploadTest.class.getName()).warning("the log is captured");
    assertThat(log.text()).contains("the log is captured");
    assertNoFragmentIn(log.text());
    assertNoFragmentIn(
        database.query(
            "SELECT coalesce(string_agg(t::text, ' '), '') FROM"
                + " (SELECT a::text AS t FROM anchor a UNION ALL SELECT c::text FROM change c"
                + " UNION ALL SELECT o::text FROM opstrace_id o) AS everything"));
  }

  @Test
  void thePublicHalfIsAccepted() {
    post(as(owner), upload(TestKeys.newPublicKey(), owner)).statusCode(201);
  }

  private void assertNoFragmentIn(String text) {
    int length = 16;
    for (int i = 40; i + length <= secret.length(); i += length) {
      assertThat(text.contains(secret.substring(i, i + length))).isFalse();
    }
  }

  private static final class CapturedLog extends Handler {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final SimpleFormatter formatter = new SimpleFormatter();

    CapturedLog() {
      setLevel(Level.ALL);
    }

    String text() {
      return String.join("\n", lines);
    }

    @Override
    public void publish(LogRecord line) {
      lines.add(formatter.format(line));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
