package dev.gatehouse.common.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodeTest {

  private static final Path DOCUMENTATION = Path.of("..", "docs", "errors.md");

  @ParameterizedTest
  @EnumSource
  void everyCodeIsLowerCaseWithAStatusAndATitle(ErrorCode code) {
    assertThat(code.code()).matches("[a-z]+(_[a-z]+)*");
    assertThat(code.status()).isBetween(400, 599);
    assertThat(code.title()).matches("[A-Z][a-z ]+[a-z]");
  }

  @ParameterizedTest
  @EnumSource
  void everyCodeIsExplained(ErrorCode code) throws IOException {
    assertThat(Files.readString(DOCUMENTATION)).contains("| `" + code.code() + "`");
  }

  @Test
  void nothingElseIsExplained() throws IOException {
    Set<String> codes =
        Arrays.stream(ErrorCode.values()).map(ErrorCode::code).collect(Collectors.toSet());

    assertThat(Files.readString(DOCUMENTATION).lines())
        .filteredOn(line -> line.startsWith("| `"))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line.split("`", -1)[1]).isIn(codes));
  }

  @ParameterizedTest
  @EnumSource
  void codesOfOneStatusHaveOneTitle(ErrorCode code) {
    Set<String> titles =
        Arrays.stream(ErrorCode.values())
            .filter(other -> other.status() == code.status() && other.status() != 400)
            .map(ErrorCode::title)
            .collect(Collectors.toSet());

    assertThat(titles).hasSizeLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TOKEN_EXPIRED_HELD")
  void everyCodeIsItsName(ErrorCode code) {
    assertThat(code.code()).isEqualTo(code.name().toLowerCase(Locale.ROOT));
  }
}
