package dev.gatehouse.gateway.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.error.ErrorCode;
import java.util.List;
import org.junit.jupiter.params.provider.Arguments;

/** Rows of one token that is refused and another that differs in nothing else and is accepted. */
final class TwinTable {

  private static final List<SignatureProvider> PROVIDERS =
      List.of(SignatureProvider.JDK, SignatureProvider.preferred());

  private TwinTable() {}

  static Arguments row(String reason, ErrorCode code, String refused, String twin) {
    return Arguments.of(reason, code, refused, twin);
  }

  /** With each provider of signatures, as none must be laxer than the other. */
  static void check(ErrorCode code, String refused, String twin) {
    for (SignatureProvider provider : PROVIDERS) {
      Scene scene = new Scene(provider);

      Authentication answer = scene.answer(refused);

      assertThat(answer)
          .isInstanceOfSatisfying(
              Authentication.Refused.class, no -> assertThat(no.code()).isEqualTo(code));
      assertThat(scene.answer(twin)).isInstanceOf(Authentication.Accepted.class);
    }
  }
}
