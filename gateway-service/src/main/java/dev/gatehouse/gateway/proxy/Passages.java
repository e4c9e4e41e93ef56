package dev.gatehouse.gateway.proxy;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.gateway.authorization.DataRequest;
import dev.gatehouse.gateway.authorization.Decision;
import dev.gatehouse.gateway.catalog.Match;
import dev.gatehouse.gateway.catalog.Operation;
import dev.gatehouse.gateway.routing.Api;
import dev.gatehouse.gateway.routing.Backend;
import dev.gatehouse.gateway.routing.StrictPath;
import dev.gatehouse.gateway.upstream.Upstream;
import java.util.Optional;
import java.util.function.Function;

/** Says where requests go, and as whose. */
final class Passages {

  private final Function<Backend, Upstream> upstreams;

  Passages(Function<Backend, Upstream> upstreams) {
    this.upstreams = upstreams;
  }

  /** That of a request that was allowed. */
  Passage of(DataRequest asked, Decision.Allowed allowed, StrictPath path) {
    Api api = asked.api();
    Operation operation = asked.operation();
    Upstream upstream = upstreams.apply(api.backend(operation));
    return new Passage(
        upstream,
        path.forwarded(upstream.basePath() + operation.addedPrefix()),
        api.tenantHeader(),
        allowed.orgId(),
        api.allowsSetCookie());
  }

  /** That of a request that goes on as its client sent it, in report mode, if it can. */
  Optional<Passage> asItCame(Api api, Match match, StrictPath path) {
    Optional<Backend> backend = undecided(api, match);
    if (backend.isEmpty()) {
      return Optional.empty();
    }
    Upstream upstream = upstreams.apply(backend.get());
    String added = match instanceof Operation operation ? operation.addedPrefix() : "";
    return Optional.of(
        new Passage(
            upstream,
            path.forwarded(upstream.basePath() + added),
            api.tenantHeader(),
            null,
            api.allowsSetCookie()));
  }

  /**
   * Where an api in report mode sends what it would refuse: what no catalog names goes to the
   * backend for all. A path that two programs may read differently goes nowhere.
   */
  static Optional<Backend> undecided(Api api, Match match) {
    if (match instanceof Operation operation) {
      return Optional.of(api.backend(operation));
    }
    return ((Match.Refused) match).code() == ErrorCode.PATH_REFUSED
        ? Optional.empty()
        : api.overallBackend();
  }
}
