package dev.gatehouse.gateway.proxy;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Refusal;
import dev.gatehouse.gateway.authentication.Identity;
import dev.gatehouse.gateway.authorization.Decision;
import dev.gatehouse.gateway.authorization.Decisions;
import dev.gatehouse.gateway.authorization.NestingSettings;
import dev.gatehouse.gateway.catalog.Match;
import dev.gatehouse.gateway.catalog.Operation;
import dev.gatehouse.gateway.request.ClientHeaders;
import dev.gatehouse.gateway.request.HeaderRules;
import dev.gatehouse.gateway.routing.Api;
import dev.gatehouse.gateway.routing.Apis;
import dev.gatehouse.gateway.routing.Destination;
import dev.gatehouse.gateway.routing.Hosts;
import dev.gatehouse.gateway.routing.StrictPath;
import dev.gatehouse.gateway.trust.TrustSource;
import io.vertx.core.MultiMap;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Optional;

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
  private final HeaderRules rules;

  DryRun(Hosts hosts, Apis apis, TrustSource trusted, NestingSettings nesting) {
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
   */
  public record Findings(
      boolean control,
      Finding host,
      Finding operation,
      Finding decision,
      Optional<Decision.Allowed> allowed) {}

  private static final Finding SKIPPED = new Finding.Skipped();

  /**
   * Looks at every step.
   *
   * @param identity who sends it; empty: nothing is decided
   */
  public Findings of(Asked asked, Optional<Identity> identity) {
    try {
      ClientHeaders headers = ClientHeaders.read(asked.headers(), rules);
      StrictPath path = StrictPath.parse(asked.target());
      Destination destination = hosts.destination(asked.authority(), path);
      if (destination instanceof Destination.ControlHost) {
        return new Findings(
            true, new Finding.Fine("A control host"), SKIPPED, SKIPPED, Optional.empty());
      }
      return Wish.of(destination, path)
          .map(wish -> of(asked, wish, headers, identity))
          .orElseGet(() -> strayed(refused(Wish.NO_HOST)));
    } catch (Refusal refusal) {
      return strayed(new Finding.Refused(refusal.code(), refusal.detail()));
    }
  }

  private Findings of(Asked asked, Wish wish, ClientHeaders headers, Optional<Identity> identity) {
    Finding host =
        new Finding.Fine(
            "The api "
                + wish.api()
                + wish.tenant().map(tenant -> " of the tenant " + tenant).orElse(""));
    Optional<Api> api = apis.named(wish.api());
    if (api.isEmpty()) {
      return new Findings(false, host, refused(Wish.NO_API), SKIPPED, Optional.empty());
    }
    Match match = api.get().catalog().match(asked.method(), wish.path().segments());
    if (match instanceof Match.Refused refused) {
      return new Findings(
          false,
          host,
          new Finding.Refused(refused.code(), refused.detail()),
          SKIPPED,
          Optional.empty());
    }
    Operation operation = (Operation) match;
    Finding found =
        new Finding.Fine(
            operation.name()
                + ", which needs the scope "
                + wish.api()
                + ":"
                + operation.kind().name().toLowerCase(Locale.ROOT));
    if (identity.isEmpty()) {
      return new Findings(false, host, found, SKIPPED, Optional.empty());
    }
    Decision decision =
        Decisions.decide(
            identity.get(),
            wish.request(api.get(), operation, headers),
            trusted.current(),
            nesting);
    if (decision instanceof Decision.Allowed
        && headers.wantsWebSocket()
        && !operation.webSocket()) {
      decision = DataPlane.NO_WEB_SOCKET;
    }
    return decision instanceof Decision.Allowed allowed
        ? new Findings(
            false,
            host,
            found,
            new Finding.Fine("Acts as the tenant " + allowed.actsAs()),
            Optional.of(allowed))
        : new Findings(false, host, found, refused((Decision.Refused) decision), Optional.empty());
  }

  private static Findings strayed(Finding host) {
    return new Findings(false, host, SKIPPED, SKIPPED, Optional.empty());
  }

  private static Finding refused(Decision.Refused refused) {
    return new Finding.Refused(refused.code(), refused.detail());
  }
}
