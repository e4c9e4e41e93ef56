package dev.gatehouse.common.testing;

import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.caller.Caller;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/**
 * Calls as the gateway, or a machine client, makes them, all held against {@link ApiDescription}.
 */
public final class TestCalls {

  public static final String API_KEY = "test-api-key-0123456789-0123456789-abcdef";

  private TestCalls() {}

  /** With the API key, for every tenant, with every scope. */
  public static RequestSpecification asOperator() {
    return as("*");
  }

  /** With the API key, for one tenant, with every scope. */
  public static RequestSpecification as(String tenant) {
    return RestAssured.given()
        .filter(ApiDescription.filter())
        .contentType(ContentType.JSON)
        .header(AuthApiKey.HEADER, API_KEY)
        .header(Caller.TENANT_HEADER, tenant);
  }

  /** With the API key, for one tenant, with these scopes only. */
  public static RequestSpecification as(String tenant, String scopes) {
    return as(tenant).header(Caller.SCOPES_HEADER, scopes);
  }

  /** Waits until the service under test has reached and migrated its database. */
  public static void untilReady() {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                asOperator().get("/internal/v1/changes?watcher=test&kind=test&wait=0s").statusCode()
                    == 200);
  }

  /**
   * Calls from a thread of its own. The common pool, where {@link CompletableFuture} runs things by
   * default, has a single thread on two cores, and a long poll would hold it.
   */
  public static <T> CompletableFuture<T> later(Supplier<T> call) {
    return CompletableFuture.supplyAsync(call, task -> new Thread(task, "later").start());
  }
}
