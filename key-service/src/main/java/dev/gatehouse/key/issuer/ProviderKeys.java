package dev.gatehouse.key.issuer;

import dev.gatehouse.key.fetch.BoundedFetch;
import dev.gatehouse.key.fetch.FetchFailure;
import dev.gatehouse.key.fetch.FetchFailure.Reason;
import dev.gatehouse.key.fetch.Fetched;
import dev.gatehouse.key.network.AllowedHosts;
import dev.gatehouse.key.network.Destinations;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Fetches the keys of an identity provider: discovery first, each time, then the JWKS. For issuers
 * of tenants the address of each of the two documents is checked, each time.
 */
@ApplicationScoped
class ProviderKeys {

  private final BoundedFetch fetch;
  private final Destinations destinations;
  private final OidcConfiguration configuration;
  private final AllowedHosts allowed;
  private final FetchMeters meters;

  ProviderKeys(
      BoundedFetch fetch,
      Destinations destinations,
      OidcConfiguration configuration,
      FetchMeters meters) {
    this.fetch = fetch;
    this.destinations = destinations;
    this.configuration = configuration;
    this.allowed = allowedHosts(configuration);
    this.meters = meters;
  }

  /**
   * The hosts that tenants may send us to although they are not public.
   *
   * @throws IllegalStateException when the configuration is unusable; the process must not start
   */
  static AllowedHosts allowedHosts(OidcConfiguration configuration) {
    try {
      return configuration.allowedHosts().map(AllowedHosts::of).orElse(AllowedHosts.NONE);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "gatehouse.oidc.allowed-hosts is wrong: "
              + e.getMessage()
              + ". Give host names or addresses, with a port where only one is meant, separated by"
              + " commas.");
    }
  }

  /** Fails with a {@link FetchFailure} that says why there are none. */
  Uni<Answer> of(Provider provider) {
    return document(provider, Discovery.documentOf(provider.url()))
        .map(document -> Discovery.jwksUri(provider.url(), document.body()))
        .flatMap(jwks -> document(provider, jwks))
        .map(this::answer)
        .invoke(answer -> meters.succeeded(provider))
        .onFailure(FetchFailure.class)
        .invoke(failure -> meters.failed(provider, failure));
  }

  /** Fails with {@link Reason#ADDRESS_REFUSED} when tenants may not send us there. */
  Uni<Void> requireAddress(Provider provider) {
    return address(provider, Discovery.documentOf(provider.url())).replaceWithVoid();
  }

  /** How long a fetch can take at most: two documents, each with a name and an answer. */
  Duration patience() {
    return configuration.deadline().multipliedBy(4);
  }

  private Uni<Fetched> document(Provider provider, URI uri) {
    return address(provider, uri)
        .flatMap(
            address ->
                fetch.getFrom(
                    address, uri, Map.of("Accept", "application/json"), configuration.deadline()))
        .map(answer -> requireOk(uri, answer));
  }

  private Uni<InetAddress> address(Provider provider, URI uri) {
    return provider.isOfOperator()
        ? destinations.ofOperator(uri, configuration.deadline())
        : destinations.ofTenant(uri, allowed, configuration.deadline());
  }

  private static Fetched requireOk(URI uri, Fetched answer) {
    if (answer.status() != 200) {
      throw new FetchFailure(
          answer.status() / 100 == 3 ? Reason.REDIRECTED : Reason.STATUS_REFUSED,
          uri + " answered " + answer.status());
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
