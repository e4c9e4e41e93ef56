package dev.gatehouse.gateway.control;

import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.feed.AuditHead;
import dev.gatehouse.common.testing.ApiDescription;
import dev.gatehouse.gateway.proxy.RawBackend;
import dev.gatehouse.gateway.proxy.RawClient;
import dev.gatehouse.gateway.proxy.TestGateway;
import dev.gatehouse.gateway.proxy.Tokens;
import dev.gatehouse.gateway.routing.ConfiguredApis;
import dev.gatehouse.gateway.trust.AuditHeads;
import dev.gatehouse.gateway.trust.FeedView;
import dev.gatehouse.gateway.trust.FeedViews;
import dev.gatehouse.gateway.trust.Trust;
import dev.gatehouse.gateway.trust.TrustBuilder;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A gateway's control plane between a client and two services that a test makes up. */
@SuppressWarnings("StringConcatToTextBlock") // HTTP ends its lines with CR LF.
final class ControlScene implements AutoCloseable {

  static final String KEY = "0123456789-0123456789-0123456789";
  static final String ISSUER = "https://idp.example.test/";

  static final String JSON = "Content-Type: application/json\r\n";

  private static final List<String> OWN =
      List.of("/api/v1/gateways", "/api/v1/audit/verify", "/api/v1/feeds", "/api/v1/explain");

  final RawBackend tenants = new RawBackend();
  final RawBackend keys = new RawBackend();

  /** What the data plane leads to. */
  final RawBackend backend = new RawBackend();

  final Map<Service, AuditHead> heads = new EnumMap<>(Service.class);
  final List<FeedView> feeds = new ArrayList<>();
  final TestGateway gateway;

  ControlScene() {
    this(true);
  }

  ControlScene(boolean open) {
    this(open, new String[0]);
  }

  /** With proxies whose word about the client counts. */
  static ControlScene behind(String... proxies) {
    return new ControlScene(true, proxies);
  }

  private ControlScene(boolean open, String[] proxies) {
    gateway =
        TestGateway.with(trust())
            .trusting(proxies)
            .api("demo", "any", backend.url())
            .api("loki", "loki", backend.url())
            .api(
                ConfiguredApis.api(
                    "mimir",
                    "catalog",
                    "mimir",
                    "upstream",
                    backend.url(),
                    "upstreams.push",
                    backend.url(),
                    "federation",
                    "true"))
            .api(
                ConfiguredApis.api(
                    "moving", "catalog", "mimir", "upstream", backend.url(), "mode", "report"))
            .holding(Duration.ofHours(2))
            .then((started, router) -> router.route().handler(controlPlane(started, open)))
            .start();
  }

  RawBackend service(Service service) {
    return service == Service.TENANTS ? tenants : keys;
  }

  /** Both services answer this. */
  ControlScene answering(String json) {
    tenants.answers(json(200, json));
    keys.answers(json(200, json));
    return this;
  }

  RawClient.Answer get(String target) {
    return get(target, operator());
  }

  RawClient.Answer get(String target, String token) {
    return ask("GET", target, token, "");
  }

  RawClient.Answer delete(String target) {
    return ask("DELETE", target, operator(), "");
  }

  RawClient.Answer post(String target, String token, String json) {
    return described(
        "POST",
        target,
        gateway.ask(
            call("POST", target, token, JSON + "Content-Length: " + json.length() + "\r\n")
                + json));
  }

  RawClient.Answer ask(String method, String target, String token, String headers) {
    return described(method, target, gateway.ask(call(method, target, token, headers)));
  }

  /** What the gateway has put together itself must be as the description of the API says. */
  private static RawClient.Answer described(String method, String target, RawClient.Answer answer) {
    String path = target.contains("?") ? target.substring(0, target.indexOf('?')) : target;
    boolean own = OWN.stream().anyMatch(prefix -> path.startsWith(prefix));
    if (own && !method.equals("HEAD") && answer.status() == 200) {
      ApiDescription.get()
          .check(method, path, answer.status(), answer.value("content-type"), answer.body());
    }
    return answer;
  }

  static String call(String method, String target, String token, String headers) {
    return method
        + " "
        + target
        + " HTTP/1.1\r\nHost: "
        + TestGateway.CONSOLE
        + "\r\nAuthorization: Bearer "
        + token
        + "\r\n"
        + headers
        + "\r\n";
  }

  /** What a service sends. */
  static String json(int status, String json) {
    return "HTTP/1.1 "
        + status
        + " Whatever\r\nContent-Type: application/json\r\nContent-Length: "
        + json.getBytes(StandardCharsets.UTF_8).length
        + "\r\n\r\n"
        + json;
  }

  /** How a service refuses. */
  static String problem(int status, String code) {
    return json(
        status,
        new JsonObject()
            .put("code", code)
            .put("detail", "As " + code)
            .put("status", status)
            .encode());
  }

  /** Never answers. */
  static void hang(RawBackend.Received request) throws IOException {
    int next = request.in().read();
    while (next >= 0) {
      next = request.in().read();
    }
  }

  static String operator() {
    return token("\"*\"", "operator");
  }

  static String alice() {
    return token("\"acme\"", "alice");
  }

  /** An access token whose issuer's default scopes are {@code tenants:write keys:write}. */
  static String token(String tenants, String username) {
    return token(tenants, username, "");
  }

  /**
   * @param tenants as JSON
   * @param scope empty: none is named
   */
  static String token(String tenants, String username, String scope) {
    long now = Instant.now().getEpochSecond();
    return Tokens.oidc(
        "{\"iss\":\""
            + ISSUER
            + "\",\"aud\":\"gatehouse-local\",\"sub\":\"someone\",\"iat\":"
            + now
            + ",\"exp\":"
            + (now + 600)
            + (scope.isEmpty() ? "" : ",\"scope\":\"" + scope + "\"")
            + ",\"tenant_id\":"
            + tenants
            + ",\"username\":\""
            + username
            + "\"}");
  }

  @Override
  public void close() {
    gateway.close();
    tenants.close();
    keys.close();
    backend.close();
  }

  private ControlPlane controlPlane(TestGateway started, boolean open) {
    ServiceClient client =
        new ServiceClient(started.vertx(), new AuthApiKey(KEY, Optional.empty()), services());
    Door door = new Door(started.authenticator, started.trusted, open);
    return new ControlPlane(
        door,
        started.trusted,
        client,
        new OwnAnswers(
            client,
            new Heads(heads),
            new Views(feeds),
            new Explanations(door, started.trusted, started.dryRun)),
        Description.onClassPath(ControlScene.class.getClassLoader(), "openapi/of-a-test.yaml"),
        new RefusalReports(
            started.vertx(),
            client,
            new RefusalReports.Pace(Duration.ofMillis(20), Duration.ofMillis(50))),
        started.proxies);
  }

  private ServicesConfig services() {
    return new ServicesConfig() {
      @Override
      public URI tenantServiceUrl() {
        return URI.create(tenants.url());
      }

      @Override
      public URI keyServiceUrl() {
        return URI.create(keys.url() + "/");
      }
    };
  }

  private static Trust trust() {
    return TrustBuilder.trust()
        .tenants("acme", "acme:pay", "other", "asleep:child")
        .suspended("asleep")
        .anchor(
            Tokens.KEY.getPublic(),
            "*",
            anchor -> anchor.scopes("*:read", "*:write", "tenants:read"))
        .issuer(
            ISSUER,
            issuer ->
                issuer
                    .audiences("gatehouse-local")
                    .defaultScopes("tenants:write", "keys:write")
                    .key("oidc", Tokens.KEY.getPublic()))
        .build();
  }

  private static final class Views implements FeedViews {
    private final List<FeedView> all;

    Views(List<FeedView> all) {
      this.all = all;
    }

    @Override
    public String gateway() {
      return "gw-1";
    }

    @Override
    public String watcher() {
      return "watcher";
    }

    @Override
    public List<FeedView> all() {
      return all;
    }
  }

  private static final class Heads implements AuditHeads {
    private final Map<Service, AuditHead> heads;

    Heads(Map<Service, AuditHead> heads) {
      this.heads = heads;
    }

    @Override
    public Optional<AuditHead> kept(String feed) {
      return Service.ofFeed(feed).map(heads::get);
    }

    @Override
    public List<AuditHead> checkpoints(String feed) {
      return List.of();
    }
  }
}
