package dev.gatehouse.gateway.authentication;

import static dev.gatehouse.gateway.authentication.Scene.ISSUER;
import static dev.gatehouse.gateway.authentication.Scene.NAMESPACE;
import static dev.gatehouse.gateway.authentication.Scene.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.trust.RevocationDraft;
import dev.gatehouse.gateway.trust.Trust;
import dev.gatehouse.gateway.trust.TrustBuilder;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Random tokens under random revocations, against a rule that goes through all revocations with
 * nothing but text.
 */
class RevocationsAgainstAnOracleTest {

  private static final int CASES = 10_000;
  private static final List<String> TENANTS =
      List.of("acme", "acme:pay", "acme:pay:eu", "acme-two", "other", "other:pay");
  private static final List<String> OWNERS =
      List.of("*", "acme", "acme:pay", "acme:pay:eu", "other", "gone");
  private static final PublicKey ANCHOR = TestKeys.ED25519.getPublic();
  private static final String OTHER_ISSUER = "https://other.example/";

  private final Random random = new Random(20260301);
  private final TokenRules rules = new Scene().rules;

  /** All about one token, as text; no iat is -1. */
  private record Token(
      boolean oidc, Set<String> tenants, String jti, String sub, long iat, TokenFacts facts) {}

  /** All about one revocation, as text; empty means not said. */
  private record Row(
      String owner,
      boolean former,
      String type,
      String value,
      String issuer,
      boolean key,
      long notBefore) {}

  @Test
  void theyAgree() {
    int revoked = 0;
    int shrunk = 0;
    for (int i = 0; i < CASES; i++) {
      Token token = token();
      List<Row> rows = rows(token);

      Set<String> actual = actual(token, rows);

      assertThat(actual).as("%s under %s", token, rows).isEqualTo(expected(token, rows));
      revoked += actual.isEmpty() ? 1 : 0;
      shrunk += !actual.isEmpty() && actual.size() < token.tenants().size() ? 1 : 0;
    }
    assertThat(revoked).isBetween(CASES / 10, CASES * 9 / 10);
    assertThat(shrunk).isGreaterThan(CASES / 50);
  }

  private static Set<String> expected(Token token, List<Row> rows) {
    Set<String> left = new TreeSet<>(token.tenants());
    for (Row row : rows) {
      if (row.owner().equals("gone") || (row.former() && !row.owner().equals("*"))) {
        continue;
      }
      if (row.notBefore() >= 0 && token.iat() >= row.notBefore()) {
        continue;
      }
      boolean source = token.oidc() ? row.issuer().equals(ISSUER) : row.key();
      boolean names =
          switch (row.type()) {
            case "jti" -> source && row.value().equals(token.jti());
            case "subject" -> source && row.value().equals(token.sub());
            case "hash" -> row.value().equals(token.facts().sha256());
            case "issuer" -> token.oidc() && row.value().equals(ISSUER);
            default -> true;
          };
      boolean one = row.type().equals("tenant");
      left.removeIf(
          tenant ->
              names
                  && (row.owner().equals("*") || (tenant + ":").startsWith(row.owner() + ":"))
                  && (!one || tenant.equals(row.value())));
    }
    return left;
  }

  private Set<String> actual(Token token, List<Row> rows) {
    Standing standing = rules.standing(token.facts(), trust(rows));
    if (standing instanceof Standing.Good good) {
      TokenTenants tenants = good.identity().tenants();
      return tenants.isEvery()
          ? Set.of("*")
          : tenants.named().stream()
              .map(TenantId::value)
              .collect(Collectors.toCollection(TreeSet::new));
    }
    assertThat(standing)
        .isInstanceOfSatisfying(
            Standing.Bad.class,
            bad -> assertThat(bad.refusal().code()).isEqualTo(ErrorCode.TOKEN_REVOKED));
    return Set.of();
  }

  private static Trust trust(List<Row> rows) {
    TrustBuilder builder =
        TrustBuilder.from(Scene.initial()).tenants(TENANTS.toArray(String[]::new));
    rows.forEach(row -> builder.revocation(row.owner(), draft -> draft(row, draft)));
    return builder.build();
  }

  private static RevocationDraft draft(Row row, RevocationDraft draft) {
    RevocationDraft next =
        switch (row.type()) {
          case "jti" -> draft.jti(row.value());
          case "subject" -> draft.subject(row.value());
          case "hash" -> draft.tokenHash(row.value());
          case "issuer" -> draft.allOf(row.value());
          default -> draft.tenant(row.value());
        };
    if (row.key()) {
      next = next.key(ANCHOR);
    } else if (!row.issuer().isEmpty()) {
      next = next.issuer(row.issuer());
    }
    if (row.notBefore() >= 0) {
      next = next.notBefore(java.time.Instant.ofEpochSecond(row.notBefore()));
    }
    return row.former() && !row.owner().equals("*") ? next.ownerId(new UUID(9, 9)) : next;
  }

  private Token token() {
    boolean oidc = random.nextBoolean();
    String jti = "j" + random.nextInt(3);
    long iat = oidc && random.nextInt(4) == 0 ? -1 : second();
    Set<String> tenants = new TreeSet<>();
    Mint mint;
    String sub;
    if (oidc) {
      tenants.addAll(random.nextInt(6) == 0 ? Set.of("*") : several());
      sub = "s" + random.nextInt(3);
      mint =
          Scene.accessToken()
              .claim("sub", sub)
              .claimJson(NAMESPACE, "{\"tenant_id\":[\"" + String.join("\",\"", tenants) + "\"]}");
    } else {
      tenants.add(pick(TENANTS));
      sub = "tenant-" + tenants.iterator().next();
      mint = Scene.token(TestKeys.ED25519, "EdDSA", tenants.iterator().next());
    }
    mint.claim("jti", jti).without("iat");
    if (iat >= 0) {
      mint.claimJson("iat", Long.toString(iat));
    }
    return new Token(
        oidc, tenants, jti, sub, iat, TokenParser.parse(mint.signedWith(new byte[64])).facts());
  }

  private List<Row> rows(Token token) {
    List<Row> rows = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      String type = pick(List.of("jti", "subject", "hash", "tenant", "issuer"));
      String value =
          switch (type) {
            case "jti" -> "j" + random.nextInt(3);
            case "subject" -> random.nextBoolean() ? token.sub() : "s" + random.nextInt(3);
            case "hash" -> random.nextBoolean() ? token.facts().sha256() : "00".repeat(32);
            case "issuer" -> pick(List.of(ISSUER, OTHER_ISSUER));
            default -> pick(TENANTS);
          };
      boolean bound = type.equals("jti") || type.equals("subject");
      boolean key = bound && random.nextBoolean();
      String issuer = bound && !key ? pick(List.of(ISSUER, ISSUER, OTHER_ISSUER)) : "";
      long notBefore = random.nextInt(3) == 0 ? second() : -1;
      rows.add(new Row(pick(OWNERS), random.nextInt(8) == 0, type, value, issuer, key, notBefore));
    }
    return rows;
  }

  private List<String> several() {
    List<String> shuffled = new ArrayList<>(TENANTS);
    Collections.shuffle(shuffled, random);
    return shuffled.subList(0, 1 + random.nextInt(3));
  }

  private long second() {
    return NOW.getEpochSecond() - 10 + random.nextInt(10);
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
