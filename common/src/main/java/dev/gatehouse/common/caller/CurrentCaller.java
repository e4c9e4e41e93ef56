package dev.gatehouse.common.caller;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;

/** The caller of the request that is being answered. */
@RequestScoped
public class CurrentCaller {

  private final RoutingContext request;

  CurrentCaller(RoutingContext request) {
    this.request = request;
  }

  public Caller get() {
    Caller caller = request.get(CallerFilter.KEY);
    if (caller == null) {
      throw new IllegalStateException("The request did not pass the caller filter");
    }
    return caller;
  }
}
