package dev.gatehouse.gateway.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.gateway.request.RequestBody;
import dev.gatehouse.gateway.request.RequestFields;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("StringConcatToTextBlock") // HTTP ends its lines with CR LF.
class RequestFieldsTest {

  private final RequestFields fields = new RequestFields();

  @Test
  void fieldsStandInTheHeadAsTheyWereSaid() {
    fields.add("Accept", "a");
    fields.add("accept", "b");
    fields.add("X-Latin", "\u00e4\t\u00ff");

    assertThat(head(RequestBody.NONE))
        .isEqualTo(
            "GET /x?y HTTP/1.1\r\nHost: backend:1\r\nAccept: a\r\naccept: b\r\n"
                + "X-Latin: \u00e4\t\u00ff\r\n\r\n");
  }

  @Test
  void aBodyOfUnknownLengthComesInChunks() {
    assertThat(head(RequestBody.CHUNKED))
        .isEqualTo("GET /x?y HTTP/1.1\r\nHost: backend:1\r\nTransfer-Encoding: chunked\r\n\r\n");
  }

  @Test
  void whatIsSetStandsAloneWhateverTheSpellingOfTheOthers() {
    fields.add("X-Scope-OrgID", "theirs");
    fields.add("Accept", "a");
    fields.add("x-scope-orgid", "theirs too");
    fields.set("X-Scope-OrgId", "ours");

    assertThat(fields.size()).isEqualTo(2);
    assertThat(head(RequestBody.NONE)).contains("Accept: a").contains("X-Scope-OrgId: ours");
  }

  @Test
  void whatIsRemovedIsGone() {
    fields.add("traceparent", "a");
    fields.add("Accept", "a");
    fields.remove("TraceParent");
    fields.remove("other");

    assertThat(fields.size()).isEqualTo(1);
  }

  @Test
  void thereMayBeMany() {
    for (int i = 0; i < 100; i++) {
      fields.add("X-" + i, "v");
    }

    assertThat(fields.size()).isEqualTo(100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\r\nX: 1", "a\n", "\r", "\r\n folded", "a\u0000", "\u007f", "\u001f", "\u0100"})
  void aValueCannotEndItsLine(String value) {
    assertThatThrownBy(() -> fields.add("X", value)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> fields.set("X", value)).isInstanceOf(IllegalArgumentException.class);
    assertThat(fields.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a:", "a b", "a\r\nb", "\u00e4", "a\tb", "(a)", "a\u0000"})
  void aNameIsAToken(String name) {
    assertThatThrownBy(() -> fields.add(name, "v")).isInstanceOf(IllegalArgumentException.class);
    assertThat(fields.size()).isZero();
  }

  private String head(RequestBody body) {
    return RequestEncoder.encode(
            new RequestHead(HttpMethod.GET, "/x?y", fields, body, 0),
            "backend:1",
            UnpooledByteBufAllocator.DEFAULT)
        .toString(StandardCharsets.ISO_8859_1);
  }
}
