package dev.gatehouse.gateway.listener;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.gateway.answer.Answers;
import dev.gatehouse.gateway.request.RequestId;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.SSLOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Listens for clients, on every event loop. It is a server of our own and not that of Quarkus,
 * which has no place for a check of what its decoder mends or refuses, cuts what is silent, and
 * stops without an orderly end of connections.
 */
public final class Listener {

  /**
   * Where to listen and how much to take.
   *
   * @param port 0 for any
   * @param maxInflight requests at a time; further ones are answered with 503 at once
   */
  public record Settings(
      String host, int port, ConnectionsConfig connections, int maxInflight, TlsConfig tls) {}

  /** A token has up to 8 KiB, and 12 KiB as a basic credential; queries of dashboards are long. */
  private static final int MAX_HEAD = 32 * 1024;

  /** A body passes in pieces of this size; none is kept. */
  private static final int MAX_CHUNK = 64 * 1024;

  private static final int MAX_STREAMS = 256;

  /**
   * Bytes that a client may send ahead on one stream (RFC 9113 §6.9.2). The window of the
   * connection has room for those of all streams: one whose upstream is stuck fills its own and
   * holds up nobody.
   */
  private static final int STREAM_WINDOW = 64 * 1024;

  private static final int START_SECONDS = 30;

  /** Asks Vert.x for any port, but the same one on every event loop. */
  private static final int ANY_PORT = -1;

  private static final int ANY_TLS_PORT = -2;

  private static final Logger LOG = Logger.getLogger(Listener.class);

  private final Vertx vertx;
  private final Settings settings;
  private final Consumer<ErrorCode> refused;
  private final Traffic traffic = new Traffic();
  private final List<Connections> connections = new CopyOnWriteArrayList<>();
  private Handler<HttpServerRequest> requests = this::notYet;
  private final List<GuardedServer> tlsServers = new CopyOnWriteArrayList<>();
  private final @Nullable CertificateFiles certificate;
  private volatile int port;
  private volatile int tlsPort;
  private volatile boolean stopping;
  private volatile @Nullable String deployment;

  /**
   * Opens nothing yet.
   *
   * @param refused is told what is refused here, before anything of the request is known
   */
  public Listener(Vertx vertx, Settings settings, Consumer<ErrorCode> refused) {
    this.vertx = vertx;
    this.settings = settings;
    this.refused = refused;
    this.certificate = CertificateFiles.of(vertx, settings.tls());
  }

  /** Shows operators how it is doing. */
  void meter(MeterRegistry registry) {
    ListenerMeters.register(registry, traffic, certificate);
  }

  /** Who takes the requests; to be said before the port is opened. */
  public void serves(Handler<HttpServerRequest> handler) {
    this.requests = handler;
  }

  /**
   * Opens the port on as many event loops. Returns when it is open.
   *
   * @throws IllegalStateException when it cannot be opened
   */
  public void open(int loops) {
    deployment =
        await(vertx.deployVerticle(OnOneLoop::new, new DeploymentOptions().setInstances(loops)));
    CertificateFiles files = certificate;
    if (files != null) {
      vertx.setPeriodic(
          settings.tls().reload().toMillis(),
          timer ->
              vertx.executeBlocking(
                  () -> {
                    files.look(this::serve);
                    return null;
                  }));
    }
  }

  /** That is open for TLS; 0 if none is. */
  public int tlsPort() {
    return tlsPort;
  }

  /** Whether new clients are welcome. */
  public boolean isOpen() {
    return port != 0 && !stopping;
  }

  /**
   * Lets what is under way come to its end; blocks until then. New connections are served on, each
   * with one answer.
   */
  public void drain(Tunnels tunnels, Duration delay, Duration timeout) {
    stopping = true;
    new Drain(connections, traffic, tunnels).run(delay, timeout);
  }

  /** Closes what is still open; blocks until that is done. */
  public void close() {
    String opened = deployment;
    if (opened != null) {
      for (Connections ofLoop : connections) {
        var unused = ofLoop.stop().awaitUninterruptibly(START_SECONDS, TimeUnit.SECONDS);
      }
      await(vertx.undeploy(opened));
      deployment = null;
    }
  }

  /** That is open; 0 before. */
  public int port() {
    return port;
  }

  private void admit(HttpServerRequest request) {
    if (traffic.requests() > settings.maxInflight()) {
      if (!request.isEnded()) {
        request.pause();
      }
      Answers.refuse(
          request,
          ErrorCode.OVERLOADED,
          "The gateway has more requests under way than it takes",
          RequestId.next());
      refused.accept(ErrorCode.OVERLOADED);
    } else {
      requests.handle(request);
    }
  }

  /** New connections get the new certificate, those that are open keep theirs. */
  private void serve(Certificate fresh) {
    SSLOptions tls = new SSLOptions().setKeyCertOptions(fresh.options()).setUseAlpn(true);
    for (GuardedServer server : tlsServers) {
      server
          .serve(tls, ((VertxInternal) vertx).getOrCreateContext())
          .onFailure(failure -> LOG.error("The new certificate is not served", failure));
    }
  }

  private void notYet(HttpServerRequest request) {
    throw new IllegalStateException("Nobody takes requests yet");
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("The port for clients could not be opened or closed", e);
    }
  }

  private HttpServerOptions options() {
    return new HttpServerOptions()
        .setHost(settings.host())
        .setPort(settings.port() == 0 ? ANY_PORT : settings.port())
        .setTcpKeepAlive(true)
        .setMaxInitialLineLength(MAX_HEAD)
        .setMaxHeaderSize(MAX_HEAD)
        .setMaxChunkSize(MAX_CHUNK)
        .setHttp2ConnectionWindowSize(MAX_STREAMS * STREAM_WINDOW)
        .setInitialSettings(
            new Http2Settings()
                .setPushEnabled(false)
                .setMaxConcurrentStreams(MAX_STREAMS)
                .setMaxHeaderListSize(MAX_HEAD));
  }

  private HttpServerOptions tlsOptions(Certificate served) {
    int configured = settings.tls().port();
    return options()
        .setPort(configured == 0 ? ANY_TLS_PORT : configured)
        .setSsl(true)
        .setUseAlpn(true)
        .setKeyCertOptions(served.options());
  }

  /** One of the equal servers that share the ports. */
  private final class OnOneLoop extends AbstractVerticle {

    @Override
    public void start(Promise<Void> started) {
      ContextInternal loop = (ContextInternal) context;
      Connections ofLoop =
          new Connections(loop.nettyEventLoop(), Patience.of(settings.connections()), traffic);
      connections.add(ofLoop);
      Future<HttpServer> plain =
          server(ofLoop, options()).listen().onSuccess(server -> port = server.actualPort());
      Future<HttpServer> both = plain;
      CertificateFiles files = certificate;
      if (files != null) {
        GuardedServer secured = server(ofLoop, tlsOptions(files.served()));
        tlsServers.add(secured);
        both =
            plain
                .compose(opened -> secured.listen())
                .onSuccess(server -> tlsPort = server.actualPort());
      }
      both.<Void>mapEmpty().onComplete(started);
    }

    private GuardedServer server(Connections ofLoop, HttpServerOptions options) {
      return new GuardedServer(
          (VertxInternal) vertx,
          options,
          ofLoop,
          Listener.this::admit,
          new InvalidRequests(refused));
    }
  }
}
