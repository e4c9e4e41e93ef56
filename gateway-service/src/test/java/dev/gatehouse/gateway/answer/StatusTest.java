package dev.gatehouse.gateway.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.error.ErrorCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The expected bytes were taken apart and put together by hand, after {@code
 * google/rpc/status.proto}.
 */
class StatusTest {

  @Test
  void aStatusIsItsCodeAndItsMessage() {
    Status status = new Status(GrpcStatus.PERMISSION_DENIED, "no: way", 0);

    assertThat(status.toProtobuf())
        .isEqualTo(
            bytes(
                "08 07" // code = 7
                    + "12 07 6e 6f 3a 20 77 61 79")); // message = "no: way"
    assertThat(status.toJson().toJsonObject())
        .isEqualTo(new JsonObject().put("code", 7).put("message", "no: way"));
  }

  @Test
  void theRetryInfoIsADetailOfIt() {
    Status status = new Status(GrpcStatus.UNAVAILABLE, "x", 5);

    assertThat(status.toProtobufWithRetryInfo())
        .isEqualTo(
            bytes(
                "08 0e" // code = 14
                    + "12 01 78" // message = "x"
                    + "1a 30" // details[0], an Any of 48 bytes
                    + "0a 28" // its type_url, 40 characters
                    + "74 79 70 65 2e 67 6f 6f 67 6c 65 61 70 69 73 2e 63 6f 6d 2f" // type.googleapis.com/
                    + "67 6f 6f 67 6c 65 2e 72 70 63 2e 52 65 74 72 79 49 6e 66 6f" // google.rpc.RetryInfo
                    + "12 04" // its value, a RetryInfo
                    + "0a 02" // retry_delay, a Duration
                    + "08 05")); // seconds = 5
  }

  @ParameterizedTest
  @CsvSource({"127, 12 7f", "128, 12 80 01", "300, 12 ac 02", "16384, 12 80 80 01"})
  void aLengthTakesAsManyBytesAsItNeeds(int length, String head) {
    Buffer encoded = new Status(GrpcStatus.NOT_FOUND, "y".repeat(length), 0).toProtobuf();

    Buffer expected = bytes("08 05" + head);
    assertThat(encoded.getBuffer(0, expected.length())).isEqualTo(expected);
    assertThat(encoded.length()).isEqualTo(expected.length() + length);
  }

  @Test
  void aMessageIsWrittenAsUtf8() {
    assertThat(new Status(GrpcStatus.NOT_FOUND, "\u00e9", 0).toProtobuf())
        .isEqualTo(bytes("08 05 12 02 c3 a9"));
  }

  @Test
  void theMessageBeginsWithTheStableCodeAndNamesTheRequest() {
    Status status = Status.of(ErrorCode.TOKEN_EXPIRED_HELD, "The token has expired", "r-1", 3);

    assertThat(status.message()).isEqualTo("token_expired: The token has expired (request r-1)");
    assertThat(status.retryAfterSeconds()).isEqualTo(3);
  }

  @Test
  void onlyWhatMayPassByItselfSaysWhenToComeBack() {
    assertThat(Status.of(ErrorCode.TOKEN_EXPIRED, "x", "r", 3).retryAfterSeconds()).isZero();
    assertThat(Status.of(ErrorCode.BODY_TOO_LARGE, "x", "r", 3).retryAfterSeconds()).isZero();
    assertThat(Status.of(ErrorCode.OVERLOADED, "x", "r", 0).retryAfterSeconds()).isEqualTo(1);
  }

  private static Buffer bytes(String hex) {
    return Buffer.buffer(HexFormat.of().parseHex(hex.replace(" ", "")));
  }
}
