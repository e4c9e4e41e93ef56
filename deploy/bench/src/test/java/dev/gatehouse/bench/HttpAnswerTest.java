package dev.gatehouse.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HttpAnswerTest {

  private static final String HEAD = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 5\r\n\r\n";

  @Test
  void anAnswerEndsWithItsBody() throws Exception {
    assertThat(length(HEAD + "01")).isEqualTo(HEAD.length() + 5);
    assertThat(HttpAnswer.status(octets(HEAD))).isEqualTo(401);
  }

  @Test
  void aHeadThatIsNotCompleteHasNoEnd() throws Exception {
    assertThat(length(HEAD.substring(0, HEAD.length() - 1))).isZero();
  }

  @Test
  void anAnswerWithoutALengthIsNotForUs() {
    assertThatThrownBy(() -> length("HTTP/1.1 200 OK\r\n\r\n"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no length");
  }

  private static int length(String text) throws IOException {
    return HttpAnswer.length(octets(text), text.length());
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
