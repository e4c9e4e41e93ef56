package dev.gatehouse.key.revocation;

import static dev.gatehouse.key.body.Fields.invalid;

import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.feed.RevocationEntry;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.key.body.Fields;
import dev.gatehouse.key.body.TokenMaterial;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/v1/revocations}. Somebody in a hurry may paste the token itself, so
 * it is looked through before anything else sees it.
 *
 * @param owner empty: the caller's tenant, or every tenant
 * @param value what stood in the field of that type
 * @param issuer name of a registration, or an address
 * @param key thumbprint or Opstrace id
 * @param notBefore in whole seconds
 * @param expiresAt in whole seconds
 */
record NewRevocation(
    Optional<Reach> owner,
    RevocationEntry.Type type,
    String value,
    Optional<String> issuer,
    Optional<String> key,
    Optional<Instant> notBefore,
    Optional<Instant> expiresAt,
    Optional<String> reason) {

  /** Of a {@code jti} or {@code sub}, in characters. */
  static final int MAX_VALUE = 512;

  static final int MAX_ISSUER = 2_048;
  static final int MAX_REASON = 256;

  /** How far the clock of the sender may run ahead. */
  private static final Duration SKEW = Duration.ofSeconds(30);

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /** The fields of which exactly one says what is revoked; {@code issuer} alone does so too. */
  private static final Map<String, RevocationEntry.Type> SUBJECTS =
      Map.of(
          "jti", RevocationEntry.Type.JTI,
          "subject", RevocationEntry.Type.SUBJECT,
          "tokenHash", RevocationEntry.Type.TOKEN_HASH,
          "tenant", RevocationEntry.Type.TENANT);

  private static final List<String> FIELDS =
      List.of(
          "owner",
          "jti",
          "subject",
          "tokenHash",
          "tenant",
          "issuer",
          "key",
          "notBefore",
          "expiresAt",
          "reason");

  /**
   * Reads the body.
   *
   * @throws Invalid when a part of it is wrong, or anything in it is a token or a private key
   */
  static NewRevocation parse(@Nullable String body, Instant now) {
    TokenMaterial.refuseIn(body);
    Fields fields = Fields.of(body, "a revocation", FIELDS);
    RevocationEntry.Type type = type(fields);
    checkCompanions(type, fields);
    return new NewRevocation(
        fields.text("owner").map(Reach::parse),
        type,
        value(type, fields),
        fields.line("issuer", MAX_ISSUER),
        fields.text("key"),
        fields.time("notBefore").map(time -> notBefore(time, now)),
        fields.time("expiresAt").map(time -> expiresAt(time, now)),
        fields.line("reason", MAX_REASON));
  }

  /** The owner that was named, or else the caller's own tenant. */
  Reach ownerFor(Reach caller) {
    Reach meant = owner.orElse(caller);
    require(
        !meant.top().map(TenantId::isDefault).orElse(false),
        "The default tenant cannot own revocations, as there are no tokens for it");
    return meant;
  }

  /** The tenant whose tokens are meant, where one is. */
  Optional<TenantId> tenant() {
    return type == RevocationEntry.Type.TENANT
        ? Optional.of(new TenantId(value))
        : Optional.empty();
  }

  private static RevocationEntry.Type type(Fields fields) {
    List<String> sent =
        SUBJECTS.keySet().stream().filter(field -> fields.value(field).isPresent()).toList();
    if (sent.size() == 1) {
      return SUBJECTS.getOrDefault(sent.get(0), RevocationEntry.Type.ISSUER);
    }
    if (sent.isEmpty() && fields.value("issuer").isPresent()) {
      return RevocationEntry.Type.ISSUER;
    }
    throw invalid(
        "Say what is revoked by exactly one of jti, subject, tokenHash and tenant, or by issuer"
            + " alone");
  }

  private static void checkCompanions(RevocationEntry.Type type, Fields fields) {
    boolean issuer = fields.value("issuer").isPresent();
    boolean key = fields.value("key").isPresent();
    boolean notBefore = fields.value("notBefore").isPresent();
    switch (type) {
      case JTI, SUBJECT -> {
        require(issuer != key, "A jti or subject is one of an issuer or of a key: say of which");
        require(!notBefore, "notBefore goes with tenant or issuer");
      }
      case TOKEN_HASH -> {
        require(!issuer && !key, "A tokenHash stands for itself, without issuer and key");
        require(!notBefore, "notBefore goes with tenant or issuer");
      }
      case TENANT -> require(!issuer && !key, "A tenant stands without issuer and key");
      case ISSUER -> {
        require(!key, "An issuer stands without key");
        require(
            notBefore, "issuer needs notBefore; to trust it no longer at all, remove the issuer");
      }
    }
  }

  private static String value(RevocationEntry.Type type, Fields fields) {
    return switch (type) {
      case JTI -> line(fields, "jti", MAX_VALUE);
      case SUBJECT -> line(fields, "subject", MAX_VALUE);
      case ISSUER -> line(fields, "issuer", MAX_ISSUER);
      case TENANT -> new TenantId(fields.text("tenant").orElse("")).value();
      case TOKEN_HASH -> {
        String hash = fields.text("tokenHash").orElse("").toLowerCase(Locale.ROOT);
        require(
            HASH.matcher(hash).matches(),
            "tokenHash has 64 hex digits: the SHA-256 of what stands before the token's last dot");
        yield hash;
      }
    };
  }

  private static String line(Fields fields, String field, int max) {
    return fields.line(field, max).orElse("");
  }

  /** Tokens count in whole seconds: those of a second that has begun are issued before its end. */
  private static Instant notBefore(Instant time, Instant now) {
    require(!time.isAfter(now.plus(SKEW)), "notBefore is in the future");
    Instant second = time.truncatedTo(ChronoUnit.SECONDS);
    return second.equals(time) ? second : second.plusSeconds(1);
  }

  private static Instant expiresAt(Instant time, Instant now) {
    Instant second = time.truncatedTo(ChronoUnit.SECONDS);
    require(
        second.plus(Revoked.OUTLIVES).isAfter(now),
        "expiresAt, the exp of the token, is more than 7 days past; there is nothing to revoke");
    return second;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw invalid(otherwise);
    }
  }
}
