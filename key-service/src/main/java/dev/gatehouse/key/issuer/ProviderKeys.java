package dev.gatehouse.key.issuer;

import dev.gatehouse.key.fetch.BoundedFetch;
import dev.gatehouse.key.fetch.FetchFailure;
import dev.gatehouse.key.fetch.Fetched;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Fetches the keys of an identity provider: discovery first, each time, then the JWKS. */
@ApplicationScoped
class ProviderKeys {

  private final BoundedFetch fetch;
  private final OidcConfiguration configuration;

  ProviderKeys(BoundedFetch fetch, OidcConfiguration configuration) {
    this.fetch = fetch;
    this.configuration = configuration;
  }

  /** Fails with a {@link FetchFailure} that says why there are none. */
  Uni<Answer> of(String issuer) {
    return document(Discovery.documentOf(issuer))
        .map(document -> Discovery.jwksUri(issuer, document.body()))
        .flatMap(this::document)
        .map(this::answer);
  }

  /** How long a fetch can take at most. */
  Duration patience() {
    return configuration.deadline().multipliedBy(2);
  }

  private Uni<Fetched> document(URI uri) {
    return fetch
        .get(uri, Map.of("Accept", "application/json"), configuration.deadline())
        .map(answer -> requireOk(uri, answer));
  }

  private static Fetched requireOk(URI uri, Fetched answer) {
    if (answer.status() != 200) {
      throw new FetchFailure(uri + " answered " + answer.status());
    }
    return answer;
  }

  private Answer answer(Fetched fetched) {
    Jwks jwks = Jwks.parse(fetched.body(), configuration.acceptPublishedKeys());
    return new Answer(jwks, Freshness.of(fetched::header, Instant.now()));
  }

  /** Keys, and for how long they are good. */
  record Answer(Jwks jwks, Duration freshFor) {}
}
