package dev.gatehouse.key;

import static dev.gatehouse.common.testing.TestCalls.as;
import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gatehouse.common.feed.IssuerEntry;
import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.key.material.TestKeys;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** As configured for production by default, without an issuer and with no tenant-service. */
@QuarkusTest
@TestProfile(BareServiceTest.Bare.class)
class BareServiceTest {

  @Test
  void keysThatSignForEveryTenantAreSwitchedOff() {
    add(asOperator(), "*").statusCode(403).body("code", equalTo("owner_refused"));
  }

  @Test
  void withoutTenantServiceOnlyWritesThatNeedItAreRefused() {
    add(as("acme"), "acme").statusCode(503).body("code", equalTo("service_unavailable"));
    as("acme").get("/api/v1/keys").then().statusCode(200).body("keys", hasSize(0));
  }

  @Test
  void withoutAnIssuerTheGatewaysAreToldOfNone() {
    assertThat(FeedReader.state("issuer", IssuerEntry.class)).isEmpty();
  }

  private static ValidatableResponse add(RequestSpecification caller, String owner) {
    return caller
        .body(
            JsonNodeFactory.instance
                .objectNode()
                .put("key", TestKeys.newPublicKey())
                .put("owner", owner)
                .toString())
        .post("/api/v1/keys")
        .then();
  }

  public static class Bare implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "gatehouse.keys.wildcard-owner", "false",
          "gatehouse.tenant-service.url", "http://127.0.0.1:1");
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(PostgresResource.class));
    }

    @Override
    public boolean disableGlobalTestResources() {
      return true;
    }
  }
}
