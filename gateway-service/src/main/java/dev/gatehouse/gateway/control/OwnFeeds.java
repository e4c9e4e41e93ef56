package dev.gatehouse.gateway.control;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Forbidden;
import dev.gatehouse.common.error.Unavailable;
import dev.gatehouse.common.permission.Act;
import dev.gatehouse.common.permission.Permissions;
import dev.gatehouse.common.permission.Target;
import dev.gatehouse.gateway.trust.FeedObject;
import dev.gatehouse.gateway.trust.FeedView;
import dev.gatehouse.gateway.trust.FeedViews;
import dev.gatehouse.gateway.trust.OtherState;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The feeds, as this gateway follows them. Only operators see them: they tell of every tenant. */
final class OwnFeeds {

  private final FeedViews views;

  OwnFeeds(FeedViews views) {
    this.views = views;
  }

  /**
   * @throws Forbidden for whoever is no operator
   */
  Future<JsonObject> list(Caller caller) {
    Permissions.require(caller, Act.SEE, new Target.OfInstance(), OwnFeeds::refused);
    List<Future<JsonObject>> shown = views.all().stream().map(OwnFeeds::shown).toList();
    return Future.all(shown)
        .map(
            done ->
                new JsonObject()
                    .put("gateway", views.gateway())
                    .put("feeds", new JsonArray(shown.stream().map(Future::result).toList())));
  }

  private static Forbidden refused() {
    return new Forbidden(ErrorCode.NOT_ALLOWED, "Only operators see the feeds");
  }

  /** Where the other history cannot be read, the feed is shown without it. */
  private static Future<JsonObject> shown(FeedView feed) {
    return feed.other()
        .recover(
            failure ->
                failure instanceof Unavailable
                    ? Future.succeededFuture(Optional.empty())
                    : Future.failedFuture(failure))
        .map(other -> json(feed, other));
  }

  private static JsonObject json(FeedView feed, Optional<OtherState> other) {
    JsonObject json =
        new JsonObject()
            .put("feed", feed.feed())
            .put("state", feed.state().name().toLowerCase(Locale.ROOT));
    feed.epoch().ifPresent(epoch -> json.put("epoch", epoch.toString()));
    json.put("revision", feed.revision());
    feed.age().ifPresent(age -> json.put("age", seconds(age)));
    feed.head().ifPresent(head -> json.put("head", head));
    other.ifPresent(state -> json.put("other", json(state)));
    return json;
  }

  /** To a tenth. */
  private static double seconds(Duration duration) {
    return Math.round(duration.toMillis() / 100.0) / 10.0;
  }

  private static JsonObject json(OtherState other) {
    return new JsonObject()
        .put("epoch", other.epoch().toString())
        .put("revision", other.revision())
        .put("hash", other.hash().toString())
        .put("comesBack", json(other.comesBack()))
        .put("goesAway", json(other.goesAway()))
        .put("comesBackTotal", other.comesBackTotal())
        .put("goesAwayTotal", other.goesAwayTotal());
  }

  private static JsonArray json(List<FeedObject> objects) {
    JsonArray json = new JsonArray();
    objects.forEach(
        it ->
            json.add(
                new JsonObject()
                    .put("kind", it.kind())
                    .put("id", it.id().toString())
                    .put("name", it.name())));
    return json;
  }
}
