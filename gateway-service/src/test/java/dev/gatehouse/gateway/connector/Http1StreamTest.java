package dev.gatehouse.gateway.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.proxy.RawBackend;
import dev.gatehouse.gateway.proxy.TestGateway;
import dev.gatehouse.gateway.request.RequestBody;
import dev.gatehouse.gateway.request.RequestFields;
import dev.gatehouse.gateway.upstream.ProxyConfig;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.NetClient;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body that is not as long as was said would make the next request a part of it. */
class Http1StreamTest {

  private final RawBackend backend = new RawBackend();
  private final Vertx vertx = Vertx.vertx();
  private final ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
  private final NetClient sockets = vertx.createNetClient();
  private final Http1Connections connections =
      new Http1Connections(
          context,
          () -> sockets.connect(URI.create(backend.url()).getPort(), "127.0.0.1"),
          "backend",
          TestGateway.settings(ProxyConfig.class),
          1);

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    backend.close();
  }

  @Test
  void aBodyAsLongAsWasSaidIsAnsweredAndItsConnectionUsedAgain() throws Exception {
    assertThat(send("abc")).isEqualTo("200");
    assertThat(send("abc")).isEqualTo("200");

    assertThat(backend.connections()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "abcd", "abcGET / HTTP/1.1\r\n\r\n"})
  void aBodyOfAnotherLengthEndsItsConnection(String body) throws Exception {
    assertThat(send(body)).startsWith("The body is ");
    assertThat(send("abc")).isEqualTo("200");

    assertThat(backend.connections()).isEqualTo(2);
  }

  /** Returns the status, or why there is none. */
  private String send(String body) throws Exception {
    CompletableFuture<String> outcome = new CompletableFuture<>();
    RequestFields fields = new RequestFields();
    fields.add("Content-Length", "3");
    context.runOnContext(
        now ->
            connections.open(
                new Opened(
                    stream -> {
                      stream.send(
                          new RequestHead(HttpMethod.POST, "/x", fields, RequestBody.SIZED, 3),
                          new Answer(outcome));
                      stream.write(Buffer.buffer(body));
                      stream.end();
                    })));
    return outcome.get(10, TimeUnit.SECONDS);
  }

  private record Opened(Consumer<HttpStream> taker) implements Connector.Taker {

    @Override
    public void opened(HttpStream stream) {
      taker.accept(stream);
    }

    @Override
    public void notOpened(Throwable cause) {
      throw new IllegalStateException(cause);
    }
  }

  private static final class Answer implements HttpStream.Handler {

    private final CompletableFuture<String> outcome;
    private String status = "";

    private Answer(CompletableFuture<String> outcome) {
      this.outcome = outcome;
    }

    @Override
    public void answered(AnswerHead head) {
      status = Integer.toString(head.status());
    }

    @Override
    public void ended(MultiMap trailers) {
      outcome.complete(status);
    }

    @Override
    public void failed(Throwable cause) {
      outcome.complete(String.valueOf(cause.getMessage()));
    }

    @Override
    public void agreed() {}

    @Override
    public void hinted(MultiMap hints) {}

    @Override
    public void received(Buffer chunk) {}

    @Override
    public void drained() {}
  }
}
