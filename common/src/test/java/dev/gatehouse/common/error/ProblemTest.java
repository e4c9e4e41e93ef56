package dev.gatehouse.common.error;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {

  @Test
  void aProblemIsOneLineInAFixedOrder() {
    Problem problem =
        Problem.of(new NotFound(ErrorCode.TENANT_UNKNOWN, "There is no such tenant"), "0123");

    assertThat(problem.toJson())
        .isEqualTo(
            "{\"code\":\"tenant_unknown\",\"detail\":\"There is no such tenant\",\"status\":404,"
                + "\"title\":\"Not found\",\"type\":\"https://gatehouse.dev/errors#tenant_unknown\","
                + "\"requestId\":\"0123\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"", "\\", "\n\r\t\0", "ä€😀", "</script>", "\u007f\u2028", "a\"b\\c\nd"})
  void everyDetailIsQuoted(String detail) throws Exception {
    String json = new Problem(ErrorCode.FIELD_INVALID, detail, "0123").toJson();

    JsonNode read = new ObjectMapper().readTree(json);
    assertThat(read.get("detail").asText()).isEqualTo(detail);
    assertThat(json).matches("[\\x20-\\x7e]+");
  }

  @Test
  void aRequestIdHas16HexDigits() {
    assertThat(RequestId.generate()).matches("[0-9a-f]{16}").isNotEqualTo(RequestId.generate());
  }

  @Test
  void aFaultTellsNothing() {
    Refusal refusal = Problems.refusalOf(new IllegalStateException("secret"), "0123");

    assertThat(refusal.code()).isEqualTo(ErrorCode.INTERNAL);
    assertThat(Problem.of(refusal, "0123").toJson()).doesNotContain("secret");
    assertThat(refusal.getStackTrace()).isEmpty();
  }
}
