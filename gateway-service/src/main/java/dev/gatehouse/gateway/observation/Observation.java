package dev.gatehouse.gateway.observation;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.gateway.request.TrustedProxies;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything that looks on while requests are served. What is switched off costs a null check. */
public final class Observation {

  private final Meters meters;
  private final @Nullable AccessLog accessLog;
  private final @Nullable Traces traces;
  private final TrustedProxies proxies;

  Observation(
      Meters meters,
      Optional<AccessLog> accessLog,
      Optional<Traces> traces,
      TrustedProxies proxies) {
    this.meters = meters;
    this.proxies = proxies;
    this.accessLog = accessLog.orElse(null);
    this.traces = traces.orElse(null);
  }

  /** Counts, and nothing else. */
  public static Observation of(Meters meters) {
    return new Observation(meters, Optional.empty(), Optional.empty(), TrustedProxies.NONE);
  }

  public Meters meters() {
    return meters;
  }

  /** Whether anybody wants to know more of a request than meters do. */
  public boolean isDetailed() {
    return accessLog != null || traces != null;
  }

  /** The address that a request came from, as far as anybody is to be believed. */
  public String client(HttpServerRequest request) {
    return proxies.client(request);
  }

  /** The trace of a request that begins; null where there are none. */
  public @Nullable Trace trace(HttpServerRequest request) {
    return traces == null ? null : traces.begin(request);
  }

  /** To be called once for each request if {@link #isDetailed()}. */
  public void ended(HttpServerRequest request, Ended ended, @Nullable Trace trace) {
    if (accessLog != null) {
      accessLog.write(AccessLine.of(request, ended));
    }
    if (trace != null) {
      trace.end(request, ended);
    }
  }

  /** A request was refused of which nothing could be known. */
  public void malformed(HttpServerRequest request, String requestId, ErrorCode code) {
    meters.started();
    if (isDetailed()) {
      ended(request, Ended.malformed(client(request), requestId, code), trace(request));
    }
    meters.finished(null, null, Outcome.refused(code), 0);
  }
}
