package dev.gatehouse.common.feed.client;

import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.feed.AcceptedEpoch;
import dev.gatehouse.common.feed.FeedJson;
import dev.gatehouse.common.feed.FeedPage;
import dev.gatehouse.common.tls.Authorities;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Speaks to one service on behalf of one process. */
public final class FeedClient implements AutoCloseable {

  /**
   * How much longer than its own wait the service may take before the connection counts as lost.
   */
  public static final Duration GRACE = Duration.ofSeconds(10);

  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration GOODBYE = Duration.ofSeconds(3);

  private final HttpClient http;
  private final URI service;
  private final AuthApiKey key;
  private final Self self;

  /**
   * Who asks.
   *
   * @param watcher random, of this process
   * @param kind only gateways count for receipts
   * @param name for people
   */
  public record Self(String watcher, String kind, String name, Optional<Duration> maxStaleness) {

    /** Asks without being counted. */
    String reader() {
      return watcher + "-ahead";
    }
  }

  public enum Goodbye {
    ARRIVED,
    /** The service never got it, or answered that it did nothing. */
    NOT_ARRIVED,
    UNCERTAIN
  }

  public FeedClient(Vertx vertx, URI service, Authorities authorities, AuthApiKey key, Self self) {
    this.service = service;
    this.key = key;
    this.self = self;
    this.http =
        vertx.createHttpClient(
            authorities.vouchIn(
                new HttpClientOptions()
                    .setSsl("https".equals(service.getScheme()))
                    .setTcpKeepAlive(true)
                    .setConnectTimeout((int) CONNECT.toMillis())));
  }

  public Future<Answer> ask(Ask ask, Optional<String> predecessor) {
    return exchange(
            HttpMethod.GET,
            "/internal/v1/changes" + query(ask, predecessor),
            ask.hold().plus(GRACE))
        .map(FeedClient::answer)
        .otherwise(failure -> new Answer.Unreachable(describe(failure)));
  }

  /** The watcher in whose name nothing is acknowledged. */
  public String reader() {
    return self.reader();
  }

  /** For a watcher of this process or of one before it. */
  public Future<Goodbye> goodbye(String watcher) {
    return exchange(HttpMethod.DELETE, "/internal/v1/watchers/" + encoded(watcher), GOODBYE)
        .map(FeedClient::arrived)
        .otherwise(failure -> failure instanceof NotSent ? Goodbye.NOT_ARRIVED : Goodbye.UNCERTAIN);
  }

  /**
   * Tells the service something that is not about its feed. Fails unless it answers 2xx.
   *
   * @param path below the service's address, such as {@code /internal/v1/usage}
   */
  public Future<JsonObject> tell(String path, JsonObject body, Duration timeout) {
    return exchange(HttpMethod.POST, path, Optional.of(body.toBuffer()), timeout)
        .map(FeedClient::accepted);
  }

  @Override
  public void close() {
    http.close();
  }

  private Future<Reply> exchange(HttpMethod method, String uri, Duration timeout) {
    return exchange(method, uri, Optional.empty(), timeout);
  }

  private Future<Reply> exchange(
      HttpMethod method, String uri, Optional<Buffer> body, Duration timeout) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setHost(service.getHost())
            .setPort(port())
            .setURI(basePath() + uri)
            .setConnectTimeout(CONNECT.toMillis())
            .setIdleTimeout(timeout.toMillis())
            .putHeader(AuthApiKey.HEADER, key.toSend())
            .putHeader(Caller.TENANT_HEADER, "*");
    body.ifPresent(it -> options.putHeader("Content-Type", "application/json"));
    return http.request(options)
        .recover(failure -> Future.failedFuture(new NotSent(failure)))
        // In one step: a body that comes before somebody waits for it is lost, and this chain is
        // built on another thread than the one that receives.
        .compose(request -> send(request, body).compose(FeedClient::whole))
        .timeout(CONNECT.plus(timeout).toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Future<HttpClientResponse> send(HttpClientRequest request, Optional<Buffer> body) {
    return body.isPresent() ? request.send(body.get()) : request.send();
  }

  private static Future<Reply> whole(HttpClientResponse response) {
    Optional<String> acceptance = Optional.ofNullable(response.getHeader(AcceptedEpoch.HEADER));
    return response.body().map(body -> new Reply(response.statusCode(), body, acceptance));
  }

  private static Answer answer(Reply reply) {
    int status = reply.status();
    if (status == 200) {
      return page(reply.body());
    }
    if (status == 409 && reply.code().equals(ErrorCode.FEED_HISTORY_DIFFERS.code())) {
      return new Answer.OtherHistory(reply.acceptance());
    }
    return status >= 500
        ? new Answer.Unreachable("it answered " + status)
        : new Answer.Refused("it answered " + status + " " + reply.code());
  }

  private static Answer page(Buffer body) {
    try {
      return new Answer.Page(FeedJson.read(body.toString(), FeedPage.class));
    } catch (IllegalArgumentException e) {
      return new Answer.Refused("its answer cannot be read: " + e.getMessage());
    }
  }

  private static Goodbye arrived(Reply reply) {
    int status = reply.status();
    if ((status >= 200 && status < 300) || status == 404) {
      return Goodbye.ARRIVED;
    }
    return status == 503 || (status >= 400 && status < 500)
        ? Goodbye.NOT_ARRIVED
        : Goodbye.UNCERTAIN;
  }

  private static JsonObject accepted(Reply reply) {
    if (reply.status() < 200 || reply.status() > 299) {
      throw new IllegalStateException("it answered " + reply.status());
    }
    return reply.json();
  }

  private String query(Ask ask, Optional<String> predecessor) {
    StringBuilder query = new StringBuilder("?since=").append(ask.since().revision());
    ask.since()
        .epoch()
        .ifPresent(
            epoch ->
                query.append("&epoch=").append(epoch).append("&hash=").append(ask.since().hash()));
    query.append("&wait=").append(ask.hold().toMillis()).append("ms");
    query.append("&name=").append(encoded(self.name()));
    self.maxStaleness().ifPresent(staleness -> query.append("&max-staleness=").append(staleness));
    if (ask.acknowledges()) {
      query.append("&kind=").append(encoded(self.kind()));
      query.append("&watcher=").append(encoded(self.watcher()));
      predecessor.ifPresent(id -> query.append("&predecessor=").append(encoded(id)));
    } else {
      query.append("&kind=reader&watcher=").append(encoded(self.reader()));
    }
    return query.toString();
  }

  private int port() {
    if (service.getPort() > 0) {
      return service.getPort();
    }
    return "https".equals(service.getScheme()) ? 443 : 80;
  }

  private String basePath() {
    String path = service.getRawPath() == null ? "" : service.getRawPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static String describe(Throwable failure) {
    Throwable cause = failure.getCause();
    return String.valueOf(failure instanceof NotSent && cause != null ? cause : failure);
  }

  private record Reply(int status, Buffer body, Optional<String> acceptance) {

    /** The stable code of a problem (RFC 9457); empty when it names none. */
    String code() {
      return json().getString("code", "");
    }

    JsonObject json() {
      try {
        return new JsonObject(body);
      } catch (DecodeException | ClassCastException e) {
        return new JsonObject();
      }
    }
  }

  /** No connection was to be had, so nothing was sent. */
  private static final class NotSent extends Exception {
    private static final long serialVersionUID = 1;

    NotSent(Throwable cause) {
      super(cause);
    }
  }
}
