package dev.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are allowed and rare, and some that are not allowed. */
@SuppressWarnings("StringConcatToTextBlock") // HTTP ends its lines with CR LF.
class OddAnswersTest {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String HINT =
      "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\nSet-Cookie: a=b\r\n\r\n";

  private final RawBackend backend = new RawBackend();
  private TestGateway gateway;

  @BeforeEach
  void start() {
    gateway = TestGateway.with(TestGateway.trust()).api("demo", "any", backend.url()).start();
  }

  @AfterEach
  void stop() {
    gateway.close();
    backend.close();
  }

  @Test
  void earlyHintsPassBeforeTheAnswer() {
    backend.answers(HINT + HINT + OK);

    try (RawClient client = gateway.connect()) {
      client.send(get());
      RawClient.Answer first = client.answer();
      RawClient.Answer second = client.answer();
      RawClient.Answer answer = client.answer();

      assertThat(first.status()).isEqualTo(103);
      assertThat(first.value("link")).isEqualTo("</a.css>; rel=preload");
      assertThat(first.values("set-cookie")).isEmpty();
      assertThat(second.status()).isEqualTo(103);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("ok");
      assertThat(answer.values("link")).isEmpty();
    }
  }

  @Test
  void anOldClientGetsTheAnswerAlone() {
    backend.answers(HINT + OK);

    RawClient.Answer answer = gateway.ask(get().replace("HTTP/1.1", "HTTP/1.0"));

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void aContinueThatNobodyAskedForIsDropped() {
    backend.answers("HTTP/1.1 100 Continue\r\n\r\n" + OK);

    assertThat(gateway.ask(get()).status()).isEqualTo(200);
  }

  @Test
  void aSwitchOfProtocolsThatNobodyAskedForIs502() {
    backend.answers("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n");

    RawClient.Answer answer = gateway.ask(get());

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.values("upgrade")).isEmpty();
  }

  @Test
  void manyCookiesAndHeadersPassUpToTheLimit() {
    String headers = ("X-Long: " + "a".repeat(990) + "\r\n").repeat(60);
    backend.answers("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n" + headers + "\r\nok");

    RawClient.Answer answer = gateway.ask(get());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.values("x-long")).hasSize(60);
  }

  @Test
  void anAnswerWithMoreHeadersThanAllowedIs502() {
    String headers = ("X-Long: " + "a".repeat(990) + "\r\n").repeat(70);
    backend.answers("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n" + headers + "\r\nok");

    RawClient.Answer answer = gateway.ask(get());

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.code()).isEqualTo("upstream_unreachable");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-A: b\u0001c\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
        "HTTP/1.1 103 Early Hints\r\nLink: b\u0001c\r\n\r\n" + OK,
        "HTTP/2.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 99 Low\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 abc OK\r\nContent-Length: 2\r\n\r\nok"
      })
  void anAnswerThatIsNotHttpIs502AndTheNextOneIsFine(String answer) {
    backend.answers(answer);

    try (RawClient client = gateway.connect()) {
      assertThat(client.send(get()).answer().status()).isEqualTo(502);
      backend.answers(OK);
      assertThat(client.send(get()).answer().status()).isEqualTo(200);
    }
  }

  @Test
  void anAnswerOfNoLengthAtAllIsComplete() {
    backend.answers("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

    try (RawClient client = gateway.connect()) {
      for (int i = 0; i < 3; i++) {
        RawClient.Answer answer = client.send(get()).answer();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.value("content-length")).isEqualTo("0");
      }
    }
    assertThat(backend.connections()).isEqualTo(1);
  }

  private static String get() {
    return ForwardingTest.request("GET", "demo.acme", "/x", Tokens.of("acme"), "");
  }
}
