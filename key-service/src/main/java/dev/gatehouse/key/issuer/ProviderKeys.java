package dev.gatehouse.key.issuer;

import dev.gatehouse.key.fetch.BoundedFetch;
import dev.gatehouse.key.fetch.FetchFailure;
import dev.gatehouse.key.fetch.FetchFailure.Reason;
import dev.gatehouse.key.fetch.Fetched;
import dev.gatehouse.key.fetch.Route;
import dev.gatehouse.key.network.Destinations;
import dev.gatehouse.key.network.EgressProxy;
import dev.gatehouse.key.network.HostList;
import io.smallrye.mutiny.Uni;
import io.vertx.core.net.ProxyOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Fetches the keys of an identity provider: discovery first, each time, then the JWKS. For issuers
 * of tenants the address of each of the two documents is checked, each time.
 */
@ApplicationScoped
class ProviderKeys {

  private final BoundedFetch fetch;
  private final Destinations destinations;
  private final EgressProxy proxy;
  private final OidcConfiguration configuration;
  private final HostList allowed;
  private final FetchMeters meters;

  ProviderKeys(
      BoundedFetch fetch,
      Destinations destinations,
      EgressProxy proxy,
      OidcConfiguration configuration,
      FetchMeters meters) {
    this.fetch = fetch;
    this.destinations = destinations;
    this.proxy = proxy;
    this.configuration = configuration;
    this.allowed = allowedHosts(configuration);
    this.meters = meters;
  }

  /**
   * The hosts that tenants may send us to although they are not public.
   *
   * @throws IllegalStateException when the configuration is unusable; the process must not start
   */
  static HostList allowedHosts(OidcConfiguration configuration) {
    return HostList.configured("gatehouse.oidc.allowed-hosts", configuration.allowedHosts());
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
    return route(provider, uri)
        .flatMap(
            route ->
                fetch.get(
                    uri, route, Map.of("Accept", "application/json"), configuration.deadline()))
        .map(answer -> requireOk(uri, answer));
  }

  /**
   * The names of the operator's issuers may mean nothing to our own DNS where a proxy is needed;
   * what a tenant's means is not left to a proxy that cannot tell whose it is.
   */
  private Uni<Route> route(Provider provider, URI uri) {
    Optional<ProxyOptions> through = proxy.on(uri);
    if (through.isPresent() && provider.isOfOperator()) {
      return Uni.createFrom().item(new Route(Optional.empty(), through));
    }
    return address(provider, uri).map(address -> new Route(Optional.of(address), through));
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
