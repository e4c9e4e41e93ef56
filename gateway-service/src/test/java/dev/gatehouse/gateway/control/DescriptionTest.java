package dev.gatehouse.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.proxy.RawClient;
import dev.gatehouse.gateway.proxy.TestGateway;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("StringConcatToTextBlock") // HTTP ends its lines with CR LF.
class DescriptionTest {

  private final ControlScene scene = new ControlScene();

  @AfterEach
  void stop() {
    scene.close();
  }

  @Test
  void everybodyMayReadWhatThereIs() {
    RawClient.Answer answer = ask("GET", "");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.value("content-type")).isEqualTo("application/yaml");
    assertThat(answer.body()).startsWith("openapi: 3.0.3");
    assertThat(answer.value("etag")).matches("\"[0-9a-f]{32}\"");
    assertThat(scene.tenants.received()).isEmpty();
  }

  @Test
  void aTokenThatIsNoTokenDoesNotMatterHere() {
    assertThat(ask("GET", "Authorization: Bearer nonsense\r\n").status()).isEqualTo(200);
  }

  @Test
  void headSaysHowLongItIs() {
    RawClient.Answer head = ask("HEAD", "");

    assertThat(head.value("content-length")).isEqualTo("" + ask("GET", "").body().length());
    assertThat(head.body()).isEmpty();
  }

  @Test
  void whoHasItAlreadyIsToldSo() {
    String eTag = ask("GET", "").value("etag");

    RawClient.Answer same = ask("GET", "If-None-Match: \"x\", W/" + eTag + "\r\n");
    RawClient.Answer other = ask("GET", "If-None-Match: \"x\"\r\n");

    assertThat(same.status()).isEqualTo(304);
    assertThat(same.value("etag")).isEqualTo(eTag);
    assertThat(other.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"a\"; true",
        "W/\"a\"; true",
        "\"b\", \"a\"; true",
        "*; true",
        "\"b\"; false",
        "a; false",
        "''; false"
      })
  void tagsAreComparedWeakly(String header, boolean known) {
    assertThat(Description.isKnown(List.of(header), "\"a\"")).isEqualTo(known);
  }

  @Test
  void otherMethodsAreNotThere() {
    for (String method : Arrays.asList("POST", "PUT", "DELETE", "PATCH")) {
      RawClient.Answer answer = ask(method, "");

      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.value("allow")).isEqualTo("GET");
    }
  }

  @Test
  void withoutADocumentThereIsNoSuchRoute() {
    try (TestGateway bare =
        TestGateway.with(TestGateway.trust())
            .then(
                (gateway, router) -> {
                  Description none =
                      Description.onClassPath(getClass().getClassLoader(), "openapi/none.yaml");
                  router.route().handler(context -> none.answer(context.request(), "id"));
                })
            .start()) {
      RawClient.Answer answer = bare.ask(request("GET", ""));

      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.code()).isEqualTo("route_unknown");
    }
  }

  private RawClient.Answer ask(String method, String headers) {
    return scene.gateway.ask(request(method, headers));
  }

  private static String request(String method, String headers) {
    return method
        + " /api/v1/openapi.yaml HTTP/1.1\r\nHost: "
        + TestGateway.CONSOLE
        + "\r\n"
        + headers
        + "\r\n";
  }
}
