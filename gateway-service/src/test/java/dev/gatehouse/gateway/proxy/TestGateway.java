package dev.gatehouse.gateway.proxy;

import dev.gatehouse.common.name.Instance;
import dev.gatehouse.gateway.authentication.AuthenticationSettings;
import dev.gatehouse.gateway.authentication.Authenticator;
import dev.gatehouse.gateway.authorization.NestingSettings;
import dev.gatehouse.gateway.catalog.Catalogs;
import dev.gatehouse.gateway.catalog.PathPrefix;
import dev.gatehouse.gateway.observation.Meters;
import dev.gatehouse.gateway.routing.Api;
import dev.gatehouse.gateway.routing.ApiName;
import dev.gatehouse.gateway.routing.Apis;
import dev.gatehouse.gateway.routing.HostTemplate;
import dev.gatehouse.gateway.routing.Hosts;
import dev.gatehouse.gateway.trust.FakeTrustSource;
import dev.gatehouse.gateway.trust.Trust;
import dev.gatehouse.gateway.trust.TrustBuilder;
import dev.gatehouse.gateway.trust.UnknownKeys;
import dev.gatehouse.gateway.upstream.ProxyConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** The gateway's own handlers on a real port, with a trust that a test makes up. */
public final class TestGateway implements AutoCloseable {

  public static final String DOMAIN = "example.test";
  public static final String CONSOLE = "console." + DOMAIN;

  public final FakeTrustSource trusted;
  public final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  public final Authenticator authenticator;
  public final DryRun dryRun;

  private final Vertx vertx;
  private final HttpServer server;

  private TestGateway(Builder builder) {
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(builder.loops));
    trusted = new FakeTrustSource(builder.trust);
    authenticator =
        Authenticator.create(
            trusted,
            (issuer, kid) -> UnknownKeys.Verdict.UNKNOWN,
            new Instance("local"),
            settings(AuthenticationSettings.class),
            registry);
    ProxyConfig config = settings(ProxyConfig.class);
    Router router = Router.router(vertx);
    Hosts hosts = new Hosts(HostTemplate.API_FIRST, DOMAIN, Set.of(CONSOLE));
    Apis apis = new Apis(builder.apis);
    dryRun = new DryRun(hosts, apis, trusted, NestingSettings.NONE);
    DataPlane dataPlane =
        new DataPlane(
            hosts,
            apis,
            new Admission(authenticator, trusted, NestingSettings.NONE),
            builder.anonymous,
            new Meters(registry, builder.maxTenants),
            new Loops(vertx, config, builder.loops),
            new UpstreamCall(config));
    router.route().handler(dataPlane).failureHandler(dataPlane::failed);
    builder.more.accept(this, router);
    server =
        await(
            vertx
                .createHttpServer(new HttpServerOptions().setMaxHeaderSize(32 * 1024))
                .requestHandler(router)
                .listen(0, "127.0.0.1"));
  }

  public static Builder with(Trust trust) {
    return new Builder(trust);
  }

  public int port() {
    return server.actualPort();
  }

  public Vertx vertx() {
    return vertx;
  }

  public RawClient connect() {
    return new RawClient(port());
  }

  /** Sends one request on a connection of its own and returns the answer. */
  public RawClient.Answer ask(String request) {
    try (RawClient client = connect()) {
      return client.send(request).answer(request.substring(0, request.indexOf(' ')));
    }
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  static <T> T await(io.vertx.core.Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** A configuration with nothing set. */
  public static <T> T settings(Class<T> mapping) {
    return new SmallRyeConfigBuilder()
        .withMapping(mapping)
        .withConverter(Duration.class, 200, new DurationConverter())
        .build()
        .getConfigMapping(mapping);
  }

  /** What the gateway will be like. */
  public static final class Builder {
    private final Trust trust;
    private final List<Api> apis = new ArrayList<>();
    private boolean anonymous;
    private int loops = 2;
    private int maxTenants = 100;
    private BiConsumer<TestGateway, Router> more = (gateway, router) -> {};

    private Builder(Trust trust) {
      this.trust = trust;
    }

    public Builder api(String name, String catalog, String upstream) {
      return api(name, catalog, upstream, Duration.ofSeconds(20), false);
    }

    public Builder api(
        String name, String catalog, String upstream, Duration timeout, boolean setCookie) {
      apis.add(
          new Api(
              new ApiName(name),
              URI.create(upstream),
              Catalogs.builtIn(catalog).orElseThrow().compile(new PathPrefix("/prometheus")),
              "X-Scope-OrgID",
              Optional.empty(),
              new Api.Timeouts(timeout, timeout),
              setCookie));
      return this;
    }

    public Builder anonymous() {
      anonymous = true;
      return this;
    }

    public Builder maxTenants(int value) {
      maxTenants = value;
      return this;
    }

    /** Routes behind the data plane. */
    public Builder then(BiConsumer<TestGateway, Router> routes) {
      more = routes;
      return this;
    }

    public TestGateway start() {
      return new TestGateway(this);
    }
  }

  /** A trust in which {@code acme} and {@code other} exist and the key of {@link Tokens} signs. */
  public static Trust trust() {
    return TrustBuilder.trust()
        .tenants("acme", "acme:pay", "other")
        .anchor(Tokens.KEY.getPublic(), "*", anchor -> anchor.scopes("*:read", "*:write"))
        .build();
  }
}
