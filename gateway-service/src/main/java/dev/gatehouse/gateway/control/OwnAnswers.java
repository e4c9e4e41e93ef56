package dev.gatehouse.gateway.control;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.gateway.trust.AuditHeads;
import dev.gatehouse.gateway.trust.FeedViews;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** Answers what does not belong to one service alone. */
final class OwnAnswers {

  private final Gathering services;
  private final Gateways gateways;
  private final AuditLog audit;
  private final OwnFeeds feeds;
  private final Explanations explanations;

  OwnAnswers(ServiceClient client, AuditHeads heads, FeedViews views, Explanations explanations) {
    this.services = new Gathering(client);
    this.gateways = new Gateways(services);
    this.audit = new AuditLog(services, heads);
    this.feeds = new OwnFeeds(views);
    this.explanations = explanations;
  }

  /** Fails with a refusal, the gateway's or a service's. */
  Future<JsonObject> answer(ControlRoute.Own route, Caller caller, Buffer body, String requestId) {
    Gathering.Call call = new Gathering.Call(caller, requestId);
    return services.within(
        () ->
            switch (route.what()) {
              case GATEWAYS -> gateways.list(call);
              case GATEWAY -> gateways.remove(route.last(), call);
              case AUDIT -> audit.list(route.query(), call);
              case AUDIT_VERIFICATION -> audit.verify(call);
              case AUDIT_PRUNING -> audit.prune(body, call);
              case FEEDS -> feeds.list(caller);
              case EXPLANATION -> explanations.answer(body, caller);
              case DESCRIPTION ->
                  throw new IllegalStateException("The description is not for callers only");
            });
  }
}
