package dev.gatehouse.key.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.name.Instance;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.TenantId;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TermsTest {

  private static final Instance INSTANCE = new Instance("prod");
  private static final TenantId ACME = new TenantId("acme");
  private static final Set<Scope> GRANTED = scopes("issuers:write", "*:read", "loki:write");

  @ParameterizedTest
  @CsvSource({
    "acme, gatehouse-prod/acme",
    "acme, gatehouse-prod/acme/",
    "acme, gatehouse-prod/acme/web",
    "acme:pay, gatehouse-prod/acme:pay",
  })
  void anAudienceOfTheOwnerBeginsWithItsWholeName(String owner, String audience) {
    assertThat(Terms.isOf(audience, INSTANCE, new TenantId(owner))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "acme, gatehouse-prod/acme2",
    "acme, gatehouse-prod/acme-web",
    "acme, gatehouse-prod/acme:pay",
    "acme:pay, gatehouse-prod/acme",
    "acme, gatehouse-prod",
    "acme, gatehouse-prod/",
    "acme, gatehouse-test/acme",
    "acme, gatehouse-prod2/acme",
    "acme, Gatehouse-prod/acme",
    "acme, ' gatehouse-prod/acme'",
    "acme, opstrace-cluster-prod/acme",
    "acme, ''",
  })
  void everyOtherAudienceIsSomebodyElses(String owner, String audience) {
    assertThat(Terms.isOf(audience, INSTANCE, new TenantId(owner))).isFalse();
  }

  @Test
  void whatIsNotSaidFollowsTheOwnerAndTheCaller() {
    Terms terms = parse("{'audiences':['gatehouse-prod/acme']}");

    assertThat(terms.audiences()).containsExactly("gatehouse-prod/acme");
    assertThat(terms.claimsNamespace()).isEmpty();
    assertThat(terms.maySpeakFor()).isEqualTo(Reach.parse("acme"));
    assertThat(terms.scopes()).isEqualTo(GRANTED);
    assertThat(terms.defaultScopes()).isEqualTo(scopes("*:read", "loki:write"));
  }

  @Test
  void everythingCanBeSaid() {
    Terms terms =
        parse(
            "{'audiences':['gatehouse-prod/acme/a','gatehouse-prod/acme/b','gatehouse-prod/acme/a'],"
                + "'claimsNamespace':'https://acme.example/claims','maySpeakFor':'acme:pay',"
                + "'scopes':['loki:read','tenants:read'],'defaultScopes':[]}");

    assertThat(terms.audiences()).containsExactly("gatehouse-prod/acme/a", "gatehouse-prod/acme/b");
    assertThat(terms.maySpeakFor()).isEqualTo(Reach.parse("acme:pay"));
    assertThat(terms.scopes()).isEqualTo(scopes("loki:read", "tenants:read"));
    assertThat(terms.defaultScopes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'audiences':null}",
        "{'audiences':[]}",
        "{'audiences':'gatehouse-prod/acme'}",
        "{'audiences':[1]}",
        "{'audiences':['gatehouse-prod/other']}",
        "{'audiences':['gatehouse-prod/acme','gatehouse-prod/other']}",
        "{'audiences':['gatehouse-prod/acme/a b']}",
        "{'audiences':['gatehouse-prod/acme'],'maySpeakFor':'*'}",
        "{'audiences':['gatehouse-prod/acme'],'maySpeakFor':'other'}",
        "{'audiences':['gatehouse-prod/acme'],'maySpeakFor':'acme2'}",
        "{'audiences':['gatehouse-prod/acme'],'maySpeakFor':'_'}",
        "{'audiences':['gatehouse-prod/acme'],'maySpeakFor':1}",
        "{'audiences':['gatehouse-prod/acme'],'claimsNamespace':'a b'}",
        "{'audiences':['gatehouse-prod/acme'],'claimsNamespace':['a']}",
        "{'audiences':['gatehouse-prod/acme'],'scopes':[]}",
        "{'audiences':['gatehouse-prod/acme'],'scopes':['*:read'],'defaultScopes':['*:write']}",
      })
  void whatIsBeyondTheOwnerIsRefused(String json) {
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> parse(json))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.FIELD_INVALID));
  }

  @Test
  void boundsAreKept() {
    String longest = "gatehouse-prod/acme/" + "a".repeat(235);
    String ten =
        "'gatehouse-prod/acme/%s'".repeat(10).replace("''", "','").formatted((Object[]) digits(10));

    assertThat(longest).hasSize(255);
    assertThat(parse("{'audiences':['" + longest + "']}").audiences()).hasSize(1);
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> parse("{'audiences':['" + longest + "a']}"));
    assertThat(parse("{'audiences':[" + ten + "]}").audiences()).hasSize(10);
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> parse("{'audiences':[" + ten + ",'gatehouse-prod/acme']}"));
  }

  @Test
  void aPatchChangesWhatItNamesAndNullTakesItBack() {
    Terms before =
        parse(
            "{'audiences':['gatehouse-prod/acme'],'claimsNamespace':'ns','maySpeakFor':'acme:pay',"
                + "'scopes':['*:read']}");

    Terms after = patched(before, "{'maySpeakFor':null,'audiences':['gatehouse-prod/acme/x']}");

    assertThat(after.audiences()).containsExactly("gatehouse-prod/acme/x");
    assertThat(after.maySpeakFor()).isEqualTo(Reach.parse("acme"));
    assertThat(after.claimsNamespace()).isEqualTo("ns");
    assertThat(after.scopes()).isEqualTo(scopes("*:read"));
    assertThat(patched(before, "{}")).isEqualTo(before);
    assertThat(patched(before, "{'claimsNamespace':null}").claimsNamespace()).isEmpty();
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> patched(before, "{'audiences':null}"));
  }

  private static Terms patched(Terms terms, String patch) {
    return terms.patched(json(patch), ACME, INSTANCE, GRANTED);
  }

  private static Terms parse(String json) {
    return Terms.parse(json(json), ACME, INSTANCE, GRANTED);
  }

  private static JsonNode json(String text) {
    return Fields.object(text.replace('\'', '"'), Terms.FIELDS);
  }

  private static Set<Scope> scopes(String... texts) {
    return Arrays.stream(texts).map(Scope::new).collect(Collectors.toSet());
  }

  private static String[] digits(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toArray(String[]::new);
  }
}
