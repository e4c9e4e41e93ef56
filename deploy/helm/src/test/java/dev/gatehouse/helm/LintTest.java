package dev.gatehouse.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.LintResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LintTest {

  @ParameterizedTest
  @MethodSource("dev.gatehouse.helm.Chart#valuesFiles")
  void helmFindsNothingWrongWithTheValuesFiles(String name) {
    LintResult result = Chart.file(name).lint();

    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
  }

  @Test
  void helmFindsWhatIsWrong() {
    LintResult result = Chart.least().with("doman: gatehouse.example.com").lint();

    assertThat(result.isFailed()).isTrue();
    assertThat(result.getMessages()).anyMatch(message -> message.contains("doman"));
  }
}
