package dev.gatehouse.common.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageRequestTest {

  @Test
  void aCursorLeadsBackToItsKey() {
    PageRequest page = PageRequest.parse("2", Cursor.after("acme:pay ä"));

    assertThat(page.limit()).isEqualTo(2);
    assertThat(page.after()).contains("acme:pay ä");
  }

  @Test
  void withoutParametersAListStartsAtTheBeginning() {
    assertThat(PageRequest.parse(null, null).limit()).isEqualTo(100);
    assertThat(PageRequest.parse(null, null).after()).isEmpty();
  }

  @Test
  void thereIsANextPageOnlyIfMoreWasFound() {
    PageRequest page = PageRequest.parse("2", null);

    assertThat(Cursor.next(List.of("a", "b", "c"), page, Function.identity()))
        .contains(Cursor.after("b"));
    assertThat(Cursor.next(List.of("a", "b"), page, Function.identity())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1001", "x", "", "1.5", "99999999999"})
  void aLimitIsFrom1To1000(String limit) {
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> PageRequest.parse(limit, null))
        .withMessage("limit is a number from 1 to 1000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "=", "AA", "%"})
  void aForgedCursorIsRefused(String cursor) {
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> PageRequest.parse(null, cursor))
        .matches(refusal -> refusal.code() == ErrorCode.CURSOR_INVALID);
  }
}
