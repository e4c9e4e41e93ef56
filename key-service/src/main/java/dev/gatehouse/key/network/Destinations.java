package dev.gatehouse.key.network;

import dev.gatehouse.key.fetch.FetchFailure;
import dev.gatehouse.key.fetch.FetchFailure.Reason;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * To which address a request goes. It is asked anew before each request, and the request then goes
 * to the address given here, so that a name cannot mean one thing while it is checked and another
 * while it is connected to.
 */
@ApplicationScoped
public class Destinations {

  private final HostNames names;

  Destinations(HostNames names) {
    this.names = names;
  }

  /** For an address that the operator chose: wherever it leads. */
  public Uni<InetAddress> ofOperator(URI uri, Duration deadline) {
    return Host.parse(hostOf(uri))
        .map(host -> addresses(host, deadline))
        .orElseGet(() -> names.addressesOf(hostOf(uri), deadline))
        .map(addresses -> addresses.get(0))
        .onFailure()
        .transform(e -> new FetchFailure(Reason.UNREACHABLE, hostOf(uri) + " has no address"));
  }

  /**
   * For an address that a tenant chose: fails with {@link Reason#ADDRESS_REFUSED} unless the host
   * is allowed by configuration, or the scheme is https and <em>every</em> address of the host is
   * public. A name without any address fails the same, so that nobody learns which names of our own
   * network exist.
   */
  public Uni<InetAddress> ofTenant(URI uri, HostList allowed, Duration deadline) {
    if (allowed.contain(uri)) {
      return ofOperator(uri, deadline);
    }
    if (!TenantUrls.isAcceptable(uri)) {
      return Uni.createFrom().failure(refused(uri));
    }
    return Host.parse(hostOf(uri))
        .map(host -> addresses(host, deadline))
        .orElseGet(() -> Uni.createFrom().failure(refused(uri)))
        .onFailure()
        .transform(e -> refused(uri))
        .map(addresses -> publicOnes(uri, addresses));
  }

  private Uni<List<InetAddress>> addresses(Host host, Duration deadline) {
    return host instanceof Host.Name name
        ? names.addressesOf(name.value(), deadline)
        : Uni.createFrom().item(List.of(((Host.Literal) host).address()));
  }

  private static InetAddress publicOnes(URI uri, List<InetAddress> addresses) {
    if (addresses.isEmpty() || !addresses.stream().allMatch(PublicAddresses::contain)) {
      throw refused(uri);
    }
    return addresses.get(0);
  }

  private static String hostOf(URI uri) {
    return uri.getHost() == null ? "" : uri.getHost();
  }

  private static FetchFailure refused(URI uri) {
    return new FetchFailure(
        Reason.ADDRESS_REFUSED,
        "The host of " + uri + " has no address, or one that is not public");
  }
}
