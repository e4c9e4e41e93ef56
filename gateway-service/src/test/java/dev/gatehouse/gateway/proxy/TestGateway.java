package dev.gatehouse.gateway.proxy;

import dev.gatehouse.common.name.Instance;
import dev.gatehouse.common.tls.Authorities;
import dev.gatehouse.gateway.authentication.AuthenticationSettings;
import dev.gatehouse.gateway.authentication.Authenticator;
import dev.gatehouse.gateway.authorization.Holding;
import dev.gatehouse.gateway.authorization.NestingSettings;
import dev.gatehouse.gateway.catalog.Catalogs;
import dev.gatehouse.gateway.catalog.PathPrefix;
import dev.gatehouse.gateway.limit.Limiters;
import dev.gatehouse.gateway.listener.ConnectionsConfig;
import dev.gatehouse.gateway.listener.Listener;
import dev.gatehouse.gateway.listener.TlsConfig;
import dev.gatehouse.gateway.observation.Meters;
import dev.gatehouse.gateway.observation.Observation;
import dev.gatehouse.gateway.request.AddressRange;
import dev.gatehouse.gateway.request.TrustedProxies;
import dev.gatehouse.gateway.routing.Api;
import dev.gatehouse.gateway.routing.ApiName;
import dev.gatehouse.gateway.routing.Apis;
import dev.gatehouse.gateway.routing.Backend;
import dev.gatehouse.gateway.routing.Backends;
import dev.gatehouse.gateway.routing.HostTemplate;
import dev.gatehouse.gateway.routing.Hosts;
import dev.gatehouse.gateway.routing.Mode;
import dev.gatehouse.gateway.routing.Timeouts;
import dev.gatehouse.gateway.trust.FakeTrustSource;
import dev.gatehouse.gateway.trust.Trust;
import dev.gatehouse.gateway.trust.TrustBuilder;
import dev.gatehouse.gateway.trust.UnknownKeys;
import dev.gatehouse.gateway.upstream.ProxyConfig;
import dev.gatehouse.gateway.upstream.Upstreams;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** The gateway's own handlers on a real port, with a trust that a test makes up. */
public final class TestGateway implements AutoCloseable {

  public static final String DOMAIN = "example.test";
  public static final String CONSOLE = "console." + DOMAIN;

  public final FakeTrustSource trusted;
  public final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  public final Authenticator authenticator;
  public final DryRun dryRun;
  public final TrustedProxies proxies;

  private final Vertx vertx;
  private final Listener listener;
  private final Loops loops;

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
    proxies = new TrustedProxies(builder.proxies.stream().map(AddressRange::parse).toList());
    ProxyConfig config = builder.proxy;
    Router router = Router.router(vertx);
    Hosts hosts = new Hosts(HostTemplate.API_FIRST, DOMAIN, Set.of(CONSOLE));
    Apis apis = new Apis(builder.apis);
    dryRun = new DryRun(hosts, apis, trusted, NestingSettings.NONE, builder.holding);
    loops = new Loops(vertx, config, builder.authorities, builder.loops);
    Meters meters = new Meters(registry, builder.maxTenants);
    DataPlane dataPlane =
        new DataPlane(
            hosts,
            apis,
            new Admission(authenticator, trusted, NestingSettings.NONE, builder.holding),
            builder.anonymous,
            builder.observation.apply(meters),
            loops,
            new UpstreamCall(new Upstreams(apis, config, registry), proxies),
            Limiters.of(trusted, builder.limitClock));
    router.route().failureHandler(DataPlane::failed);
    builder.more.accept(this, router);
    listener =
        new Listener(
            vertx,
            new Listener.Settings(
                "127.0.0.1", 0, builder.connections, builder.maxInflight, builder.tls),
            meters::refused);
    listener.serves(request -> dataPlane.serve(request, router));
    listener.open(builder.loops);
  }

  public static Builder with(Trust trust) {
    return new Builder(trust);
  }

  public int port() {
    return listener.port();
  }

  public Listener listener() {
    return listener;
  }

  public Vertx vertx() {
    return vertx;
  }

  Loops loops() {
    return loops;
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

  /** A configuration with nothing set but these keys, each followed by its value. */
  public static <T> T settings(Class<T> mapping, String... set) {
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder()
            .withMapping(mapping)
            .withConverter(Duration.class, 200, new DurationConverter());
    for (int i = 0; i < set.length; i += 2) {
      builder.withDefaultValue(set[i], set[i + 1]);
    }
    return builder.build().getConfigMapping(mapping);
  }

  /** What the gateway will be like. */
  public static final class Builder {
    private final Trust trust;
    private final List<Api> apis = new ArrayList<>();
    private final List<String> proxies = new ArrayList<>();
    private boolean anonymous;
    private LongSupplier limitClock = System::nanoTime;
    private Holding holding = Holding.NEVER;
    private Authorities authorities = Authorities.OF_JAVA;
    private int loops = 2;
    private int maxTenants = 100;
    private Function<Meters, Observation> observation = Observation::of;
    private int maxInflight = 10_000;
    private ProxyConfig proxy = settings(ProxyConfig.class);
    private TlsConfig tls = settings(TlsConfig.class);
    private ConnectionsConfig connections = settings(ConnectionsConfig.class);
    private BiConsumer<TestGateway, Router> more = (gateway, router) -> {};

    private Builder(Trust trust) {
      this.trust = trust;
    }

    public Builder api(String name, String catalog, String upstream) {
      return api(name, catalog, upstream, Duration.ofSeconds(20), false);
    }

    public Builder api(
        String name, String catalog, String upstream, Duration timeout, boolean setCookie) {
      return api(
          name,
          catalog,
          new Backend(
              name,
              List.of(URI.create(upstream)),
              new Timeouts(Duration.ofSeconds(2), timeout, timeout, Optional.empty()),
              false,
              Optional.empty()),
          new Api.Settings(
              "X-Scope-OrgID", Optional.empty(), setCookie, false, false, Mode.ENFORCE));
    }

    /** A backend that is called by HTTP/2. */
    public Builder http2(String name, String upstream) {
      Duration patience = Duration.ofSeconds(20);
      return api(
          name,
          "any",
          new Backend(
              name,
              List.of(URI.create(upstream)),
              new Timeouts(Duration.ofSeconds(2), patience, patience, Optional.empty()),
              true,
              Optional.empty()),
          Api.Settings.USUAL);
    }

    public Builder api(String name, String catalog, Backend backend, Api.Settings settings) {
      apis.add(
          new Api(
              new ApiName(name),
              Catalogs.builtIn(catalog).orElseThrow().compile(new PathPrefix("/prometheus")),
              Backends.all(backend),
              settings));
      return this;
    }

    /** Whose word about the client counts. */
    public Builder trusting(String... ranges) {
      proxies.addAll(List.of(ranges));
      return this;
    }

    public Builder api(Api api) {
      apis.add(api);
      return this;
    }

    /** How long tokens that have expired are held. */
    public Builder holding(Duration time) {
      holding = new Holding(time);
      return this;
    }

    /** In place of {@link System#nanoTime()}, for the limits of tenants. */
    public Builder limitClock(LongSupplier clock) {
      limitClock = clock;
      return this;
    }

    public Builder anonymous() {
      anonymous = true;
      return this;
    }

    /** Who may vouch for the backends that are called over TLS. */
    public Builder authorities(Authorities value) {
      authorities = value;
      return this;
    }

    public Builder maxInflight(int value) {
      maxInflight = value;
      return this;
    }

    /** How upstreams are called. */
    public Builder proxy(ProxyConfig value) {
      proxy = value;
      return this;
    }

    /** Event loops. */
    public Builder loops(int value) {
      loops = value;
      return this;
    }

    public Builder tls(TlsConfig value) {
      tls = value;
      return this;
    }

    public Builder connections(ConnectionsConfig value) {
      connections = value;
      return this;
    }

    public Builder maxTenants(int value) {
      maxTenants = value;
      return this;
    }

    /** Who looks on besides the meters. */
    public Builder observed(Function<Meters, Observation> value) {
      observation = value;
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
