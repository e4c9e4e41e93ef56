package dev.gatehouse.gateway.control;

import static dev.gatehouse.gateway.control.ControlScene.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Unavailable;
import dev.gatehouse.common.feed.FeedHash;
import dev.gatehouse.gateway.proxy.RawClient;
import dev.gatehouse.gateway.proxy.Tokens;
import dev.gatehouse.gateway.trust.FeedObject;
import dev.gatehouse.gateway.trust.FeedView;
import dev.gatehouse.gateway.trust.OtherState;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OwnFeedsTest {

  private static final UUID EPOCH = new UUID(1, 1);
  private static final UUID OTHER = new UUID(2, 2);
  private static final Future<Optional<OtherState>> NOTHING =
      Future.succeededFuture(Optional.empty());

  private final ControlScene scene = new ControlScene();

  @AfterEach
  void stop() {
    scene.close();
  }

  @Test
  void anOperatorSeesHowTheFeedsAreFollowed() {
    scene.feeds.add(new FakeView("tenants", FeedView.State.FOLLOWING, 12, NOTHING));
    scene.feeds.add(new FakeView("keys", FeedView.State.CUT_OFF, 0, NOTHING));

    RawClient.Answer answer =
        scene.get("/api/v1/feeds", token("\"*\"", "operator", "tenants:read"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.value("content-type")).isEqualTo("application/json");
    assertThat(answer.value("cache-control")).isEqualTo("no-store");
    assertThat(answer.body())
        .isEqualTo(
            "{\"gateway\":\"gw-1\",\"feeds\":["
                + "{\"feed\":\"tenants\",\"state\":\"following\",\"epoch\":\""
                + EPOCH
                + "\",\"revision\":12,\"age\":3.9,\"head\":13},"
                + "{\"feed\":\"keys\",\"state\":\"cut_off\",\"revision\":0}]}");
  }

  @Test
  void anotherHistoryIsShownWithWhatItWouldChange() {
    OtherState other =
        new OtherState(
            OTHER,
            7,
            FeedHash.NONE,
            List.of(new FeedObject("anchor", EPOCH, "stolen of acme")),
            1,
            List.of(),
            20);
    scene.feeds.add(
        new FakeView(
            "keys", FeedView.State.OTHER_HISTORY, 9, Future.succeededFuture(Optional.of(other))));

    JsonObject shown =
        new JsonObject(scene.get("/api/v1/feeds").body())
            .getJsonArray("feeds")
            .getJsonObject(0)
            .getJsonObject("other");

    assertThat(shown.encode())
        .isEqualTo(
            "{\"epoch\":\""
                + OTHER
                + "\",\"revision\":7,\"hash\":\""
                + "0".repeat(64)
                + "\",\"comesBack\":[{\"kind\":\"anchor\",\"id\":\""
                + EPOCH
                + "\",\"name\":\"stolen of acme\"}],\"goesAway\":[],"
                + "\"comesBackTotal\":1,\"goesAwayTotal\":20}");
  }

  @Test
  void anotherHistoryThatCannotBeReadNowHidesNothingElse() {
    scene.feeds.add(
        new FakeView(
            "keys",
            FeedView.State.OTHER_HISTORY,
            9,
            Future.failedFuture(new Unavailable(ErrorCode.SERVICE_UNAVAILABLE, "Gone"))));

    RawClient.Answer answer = scene.get("/api/v1/feeds");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("other_history").doesNotContain("\"other\"");
  }

  @Test
  void writingImpliesReading() {
    assertThat(scene.get("/api/v1/feeds", token("\"*\"", "operator", "tenants:write")).status())
        .isEqualTo(200);
  }

  @Test
  void aTenantDoesNot() {
    assertThat(scene.get("/api/v1/feeds", Tokens.of("acme", "tenants:read")).code())
        .isEqualTo("not_allowed");
  }

  @Test
  void anOperatorWithoutTheScopeDoesNot() {
    assertThat(scene.get("/api/v1/feeds", token("\"*\"", "operator", "keys:all")).code())
        .isEqualTo("scope_insufficient");
  }

  @Test
  void anOperatorWhoActsAsATenantDoesNot() {
    RawClient.Answer answer =
        scene.ask(
            "GET",
            "/api/v1/feeds",
            token("\"*\"", "operator", "tenants:read"),
            "X-Tenant-ID: acme\r\n");

    assertThat(answer.code()).isEqualTo("not_allowed");
  }

  private record FakeView(
      String feed, FeedView.State state, long revision, Future<Optional<OtherState>> other)
      implements FeedView {

    @Override
    public Optional<UUID> epoch() {
      return revision == 0 ? Optional.empty() : Optional.of(EPOCH);
    }

    @Override
    public Optional<Duration> age() {
      return revision == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(3_900));
    }

    @Override
    public OptionalLong head() {
      return revision == 0 ? OptionalLong.empty() : OptionalLong.of(revision + 1);
    }
  }
}
