package dev.gatehouse.key.fetch;

import dev.gatehouse.common.tls.Authorities;
import dev.gatehouse.key.fetch.FetchFailure.Reason;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLException;

/**
 * GET with an end: {@value #MAX_BODY} octets and a deadline for the whole answer. Redirects are not
 * followed, because where they lead was checked by nobody.
 */
@ApplicationScoped
public class BoundedFetch {

  /** Octets. */
  public static final int MAX_BODY = 64 * 1024;

  private final Vertx vertx;
  private final HttpClient client;

  BoundedFetch(Vertx vertx, Authorities authorities) {
    this.vertx = vertx;
    this.client =
        vertx.createHttpClient(
            authorities.vouchIn(new HttpClientOptions()), new PoolOptions().setHttp1MaxSize(8));
  }

  @PreDestroy
  void close() {
    client.close();
  }

  /**
   * Asks, and fails with a {@link FetchFailure} when there is no whole answer in time. It is
   * answered on the Vert.x context that it was asked from.
   */
  public Uni<Fetched> get(URI uri, Route route, Map<String, String> headers, Duration deadline) {
    RequestOptions options =
        route
            .options(uri)
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(uri.toString())
            .setFollowRedirects(false)
            .setConnectTimeout(deadline.toMillis());
    headers.forEach(options::putHeader);
    return Uni.createFrom()
        .completionStage(() -> send(uri, options, deadline).toCompletionStage())
        .onFailure(e -> !(e instanceof FetchFailure))
        .transform(
            e -> new FetchFailure(Reason.UNREACHABLE, uri + " cannot be reached: " + reason(e)));
  }

  private Future<Fetched> send(URI uri, RequestOptions options, Duration deadline) {
    Promise<Fetched> answer = Promise.promise();
    long timer = vertx.setTimer(deadline.toMillis(), id -> answer.tryFail(late(uri, deadline)));
    client
        .request(options)
        .onSuccess(request -> exchange(uri, request, answer))
        .onFailure(answer::tryFail);
    return answer.future().onComplete(end -> vertx.cancelTimer(timer));
  }

  private static void exchange(URI uri, HttpClientRequest request, Promise<Fetched> answer) {
    answer.future().onFailure(e -> request.reset());
    request
        .send()
        .onSuccess(response -> readWithinLimit(uri, response, answer))
        .onFailure(answer::tryFail);
  }

  private static void readWithinLimit(
      URI uri, HttpClientResponse response, Promise<Fetched> answer) {
    Buffer body = Buffer.buffer();
    response.exceptionHandler(answer::tryFail);
    response.handler(
        chunk -> {
          if (body.length() + chunk.length() > MAX_BODY) {
            answer.tryFail(
                new FetchFailure(
                    Reason.TOO_LARGE, uri + " answered with more than " + MAX_BODY + " octets"));
          } else {
            body.appendBuffer(chunk);
          }
        });
    response.endHandler(
        end ->
            answer.tryComplete(
                new Fetched(
                    response.statusCode(),
                    response.headers(),
                    body.toString(StandardCharsets.UTF_8))));
  }

  private static FetchFailure late(URI uri, Duration deadline) {
    return new FetchFailure(
        Reason.TOO_SLOW, uri + " gave no whole answer within " + deadline.toMillis() + " ms");
  }

  /** Of what TLS says only the innermost cause tells what is wrong with the certificate. */
  private static String reason(Throwable e) {
    Throwable told = e;
    while (told instanceof SSLException && told.getCause() != null) {
      told = told.getCause();
    }
    String message = told.getMessage();
    return message == null ? told.getClass().getSimpleName() : message;
  }
}
