package dev.gatehouse.key.anchor;

import static dev.gatehouse.key.body.Fields.invalid;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.key.body.Fields;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The fields of a key that its owner chooses, and may choose again. */
final class KeyFields {

  static final int MAX_DESCRIPTION = 200;
  static final int MAX_SCOPES = 64;

  /** A hundred years, in seconds: Opstrace's tokens lived for ten. */
  static final long MAX_TOKEN_LIFETIME = 3_155_760_000L;

  private KeyFields() {}

  static Optional<String> description(Fields fields) {
    return fields.line("description", MAX_DESCRIPTION);
  }

  /** To the second, and not past. */
  static Optional<Instant> expiresAt(Fields fields, Instant now) {
    Optional<Instant> expiry =
        fields.time("expiresAt").map(time -> time.truncatedTo(ChronoUnit.SECONDS));
    if (expiry.filter(time -> !time.isAfter(now)).isPresent()) {
      throw invalid("expiresAt is in the past");
    }
    return expiry;
  }

  static Optional<Duration> maxTokenLifetime(Fields fields) {
    return fields.seconds("maxTokenLifetime", MAX_TOKEN_LIFETIME).map(Duration::ofSeconds);
  }

  static Optional<Set<Scope>> scopes(Fields fields) {
    return fields.value("scopes").map(KeyFields::scopes);
  }

  /** A personal key signs for data only, so that no user hands out what manages the tenant. */
  static void requireData(Collection<Scope> scopes) {
    if (scopes.stream().anyMatch(Scope::isManagement)) {
      throw invalid("A personal key has scopes for data only");
    }
  }

  private static Set<Scope> scopes(JsonNode scopes) {
    if (!scopes.isArray() || scopes.isEmpty() || scopes.size() > MAX_SCOPES) {
      throw invalid("scopes is a list of 1 to " + MAX_SCOPES + " scopes");
    }
    Set<Scope> parsed = new LinkedHashSet<>();
    for (JsonNode scope : scopes) {
      parsed.add(new Scope(scope.isTextual() ? scope.textValue() : ""));
    }
    return parsed;
  }
}
