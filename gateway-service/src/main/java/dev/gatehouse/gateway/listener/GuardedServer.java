package dev.gatehouse.gateway.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.traffic.GlobalTrafficShapingHandler;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.Http1xServerConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.http.impl.HttpServerImpl;
import io.vertx.core.http.impl.HttpServerWorker;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.SSLHelper;
import io.vertx.core.net.impl.SslChannelProvider;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP server of Vert.x with handlers of ours around its own. Vert.x lets nobody between its
 * decoder and its connection, and that is where doubtful messages have to be refused; so this is
 * built from its parts. A change of them shows when this is compiled.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for the end of a connection.
final class GuardedServer extends HttpServerImpl {

  private static final String DECODER = "httpDecoder";
  private static final String LAST_HANDLER = "handler";

  private static final List<String> PROTOCOLS =
      List.of(HttpVersion.HTTP_2.alpnName(), HttpVersion.HTTP_1_1.alpnName());

  private final VertxInternal owner;
  private final HttpServerOptions http1;
  private final HttpServerOptions http2;
  private final Connections connections;
  private final Handler<HttpServerRequest> requests;
  private final Handler<HttpServerRequest> invalid;
  private volatile @Nullable SslChannelProvider fresh;

  /**
   * A server for one event loop.
   *
   * @param options with HTTP/2 in clear text switched on
   */
  GuardedServer(
      VertxInternal vertx,
      HttpServerOptions options,
      Connections connections,
      Handler<HttpServerRequest> requests,
      Handler<HttpServerRequest> invalid) {
    super(vertx, options);
    this.owner = vertx;
    this.http2 = options;
    this.http1 = new HttpServerOptions(options).setHttp2ClearTextEnabled(false);
    this.connections = connections;
    this.requests = requests;
    this.invalid = invalid;
    requestHandler(requests);
  }

  /**
   * Shows new connections another certificate. That of Vert.x ({@code updateSSLOptions}) refuses
   * the connections that come while it is made.
   */
  Future<Void> serve(SSLOptions tls, ContextInternal context) {
    return new SSLHelper(http1, PROTOCOLS)
        .updateSslContext(tls, true, context)
        .map(
            update -> {
              fresh = update.sslChannelProvider();
              return null;
            });
  }

  @Override
  protected BiConsumer<Channel, SslChannelProvider> childHandler(
      ContextInternal context, SocketAddress address, GlobalTrafficShapingHandler shaping) {
    HttpServerWorker speaksHttp1 = worker(context, address, http1);
    HttpServerWorker speaksHttp2 = worker(context, address, http2);
    return (channel, configured) -> {
      if (!connections.admit(channel)) {
        return;
      }
      SslChannelProvider renewed = fresh;
      SslChannelProvider tls = renewed == null ? configured : renewed;
      if (http1.isSsl()) {
        speaksHttp1.accept(channel, tls);
        ChannelPipeline pipeline = channel.pipeline();
        // The decoder that is chosen in the handshake comes behind it.
        pipeline.addAfter(
            pipeline.context(SslHandler.class).name(), Continuations.NAME, new Continuations());
      } else {
        channel
            .pipeline()
            .addLast(
                new FirstBytes(
                    plain -> speaksHttp1.accept(plain, tls),
                    plain -> {
                      plain.pipeline().addLast(Continuations.NAME, new Continuations());
                      speaksHttp2.accept(plain, tls);
                    }));
      }
    };
  }

  private HttpServerWorker worker(
      ContextInternal context, SocketAddress address, HttpServerOptions options) {
    String scheme = options.isSsl() ? "https" : "http";
    return new HttpServerWorker(
        context,
        context::duplicate,
        this,
        owner,
        options,
        scheme + "://" + address.host() + ":" + address.port(),
        this::opened,
        broken -> {},
        null);
  }

  private void opened(HttpServerConnection http) {
    http.exceptionHandler(broken -> {});
    http.handler(requests);
    http.invalidRequestHandler(invalid);
    ClientConnection connection = ClientConnection.of(http.channel());
    if (connection == null) {
      http.close();
    } else if (http instanceof Http1xServerConnection) {
      Http1Messages messages = new Http1Messages(connection);
      ChannelPipeline pipeline = http.channel().pipeline();
      pipeline.replace(DECODER, DECODER, new StrictDecoder(http1));
      pipeline.addBefore(LAST_HANDLER, Http1Messages.NAME, messages);
      connection.speaks(messages);
    } else {
      Http2ConnectionHandler streams = http.channel().pipeline().get(Http2ConnectionHandler.class);
      connection.speaks(new Http2Streams(connection, http, streams.connection()));
    }
  }
}
