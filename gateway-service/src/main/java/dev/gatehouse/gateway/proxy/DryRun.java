package dev.gatehouse.gateway.proxy;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Refusal;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.authentication.Authentication;
import dev.gatehouse.gateway.authorization.DataRequest;
import dev.gatehouse.gateway.authorization.Decision;
import dev.gatehouse.gateway.authorization.Decisions;
import dev.gatehouse.gateway.authorization.Holding;
import dev.gatehouse.gateway.authorization.NestingSettings;
import dev.gatehouse.gateway.catalog.Match;
import dev.gatehouse.gateway.catalog.Operation;
import dev.gatehouse.gateway.request.ClientHeaders;
import dev.gatehouse.gateway.request.HeaderRules;
import dev.gatehouse.gateway.routing.Api;
import dev.gatehouse.gateway.routing.Apis;
import dev.gatehouse.gateway.routing.Backend;
import dev.gatehouse.gateway.routing.Destination;
import dev.gatehouse.gateway.routing.Hosts;
import dev.gatehouse.gateway.routing.StrictPath;
import dev.gatehouse.gateway.trust.TrustSource;
import io.vertx.core.MultiMap;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Goes the way of a request on the data plane without sending anything: the same checks by the same
 * code, with what is trusted at the moment. Who sends it is found out elsewhere.
 */
@Singleton
public final class DryRun {

  private final Hosts hosts;
  private final Apis apis;
  private final TrustSource trusted;
  private final NestingSettings nesting;
  private final Holding holding;
  private final HeaderRules rules;

  DryRun(Hosts hosts, Apis apis, TrustSource trusted, NestingSettings nesting, Holding holding) {
    this.holding = holding;
    this.hosts = hosts;
    this.apis = apis;
    this.trusted = trusted;
    this.nesting = nesting;
    this.rules = new HeaderRules(apis.tenantHeaders());
  }

  /**
   * A request that nobody sends.
   *
   * @param authority the host, with a port or without
   * @param target path and query
   * @param headers others than {@code Host} and {@code Authorization}
   */
  public record Asked(String method, String authority, String target, MultiMap headers) {}

  /** What came of one step. */
  public sealed interface Finding {

    /** It lets the request go on. */
    record Fine(String detail) implements Finding {}

    /** The request ends there. */
    record Refused(ErrorCode code, String detail) implements Finding {}

    /** A step before it, or the token, leaves nothing to look at. */
    record Skipped() implements Finding {}
  }

  /**
   * What came of all of them.
   *
   * @param control whether it is a request for the control plane, which is not looked at further
   * @param allowed as whom it would be forwarded
   * @param held whether it would be answered that it is to be sent again with another token
   * @param goesOnTo the name of the backend that an api in report mode would send it to, as it
   *     came, if it is refused
   */
  public record Findings(
      boolean control,
      Finding host,
      Finding operation,
      Finding decision,
      Optional<Decision.Allowed> allowed,
      boolean held,
      Optional<String> goesOnTo) {}

  private static final Finding SKIPPED = new Finding.Skipped();

  /**
   * Looks at every step.
   *
   * @param sender who sends it; if they were not accepted, nothing is decided
   */
  public Findings of(Asked asked, Authentication sender) {
    try {
      ClientHeaders headers = ClientHeaders.read(asked.headers(), rules);
      StrictPath path = StrictPath.parse(asked.target());
      Destination destination = hosts.destination(asked.authority(), path);
      if (destination instanceof Destination.ControlHost) {
        return ended(true, new Finding.Fine("A control host"), SKIPPED);
      }
      return Wish.of(destination, path)
          .map(wish -> of(asked, wish, headers, sender))
          .orElseGet(() -> ended(false, refused(Wish.NO_HOST), SKIPPED));
    } catch (Refusal refusal) {
      return ended(false, new Finding.Refused(refusal.code(), refusal.detail()), SKIPPED);
    }
  }

  private Findings of(Asked asked, Wish wish, ClientHeaders headers, Authentication sender) {
    Finding host =
        new Finding.Fine(
            "The api "
                + wish.api()
                + wish.tenant().map(tenant -> " of the tenant " + tenant).orElse(""));
    Optional<Api> api = apis.named(wish.api());
    if (api.isEmpty()) {
      return ended(false, host, refused(Wish.NO_API));
    }
    Match match = api.get().catalog().match(asked.method(), wish.path().segments());
    return match instanceof Operation operation
        ? of(api.get(), wish, operation, headers, sender, host)
        : unlisted(api.get(), (Match.Refused) match, host);
  }

  private static Findings unlisted(Api api, Match.Refused match, Finding host) {
    return new Findings(
        false,
        host,
        new Finding.Refused(match.code(), match.detail()),
        SKIPPED,
        Optional.empty(),
        false,
        goesOnTo(api, match));
  }

  private Findings of(
      Api api,
      Wish wish,
      Operation operation,
      ClientHeaders headers,
      Authentication sender,
      Finding host) {
    DataRequest request = wish.request(api, operation, headers);
    Optional<Decision> decision =
        sender instanceof Authentication.Accepted accepted
            ? Optional.of(decision(accepted, request, headers.wantsWebSocket()))
            : Optional.empty();
    Optional<Decision.Allowed> allowed =
        decision.filter(Decision.Allowed.class::isInstance).map(Decision.Allowed.class::cast);
    boolean held =
        sender instanceof Authentication.Refused refused
            && holding.holds(refused, request, trusted.current(), nesting, trusted.now());
    return new Findings(
        false,
        host,
        found(api, operation),
        decision.map(made -> told(made, api.backend(operation))).orElse(SKIPPED),
        allowed,
        held,
        goesOnTo(api, operation));
  }

  private Decision decision(
      Authentication.Accepted sender, DataRequest request, boolean wantsWebSocket) {
    Decision decision = Decisions.decide(sender.identity(), request, trusted.current(), nesting);
    return decision instanceof Decision.Allowed
            && wantsWebSocket
            && !request.operation().webSocket()
        ? Clearance.NO_WEB_SOCKET
        : decision;
  }

  private static Finding found(Api api, Operation operation) {
    return new Finding.Fine(
        operation.name() + ", which needs the scope " + api + ":" + operation.kind().access());
  }

  private static Optional<String> goesOnTo(Api api, Match match) {
    return api.reportsOnly() ? Passages.undecided(api, match).map(Backend::name) : Optional.empty();
  }

  private static Finding told(Decision decision, Backend backend) {
    if (decision instanceof Decision.Refused refused) {
      return refused(refused);
    }
    Decision.Allowed allowed = (Decision.Allowed) decision;
    String tenants =
        allowed.federated().isEmpty()
            ? "Acts as the tenant " + allowed.actsAs()
            : "Asks the tenants "
                + allowed.federated().stream()
                    .map(TenantId::value)
                    .collect(Collectors.joining(", "))
                + " together and counts for the tenant "
                + allowed.actsAs();
    return new Finding.Fine(tenants + "; goes to the backend " + backend.name());
  }

  private static Findings ended(boolean control, Finding host, Finding operation) {
    return new Findings(
        control, host, operation, SKIPPED, Optional.empty(), false, Optional.empty());
  }

  private static Finding refused(Decision.Refused refused) {
    return new Finding.Refused(refused.code(), refused.detail());
  }
}
