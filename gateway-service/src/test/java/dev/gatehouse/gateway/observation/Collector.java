package dev.gatehouse.gateway.observation;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.gateway.request.TrustedProxies;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A receiver of OTLP over HTTP that keeps every byte, and a gateway's side that sends to it. */
public final class Collector implements AutoCloseable {

  private final HttpServer server;
  private final List<String> received = new CopyOnWriteArrayList<>();
  private @Nullable Traces traces;

  public Collector() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/v1/traces", this::receive);
    server.start();
  }

  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public Observation watching(Meters meters, double ratio, boolean trustParent) {
    URI endpoint = URI.create(endpoint());
    Traces sending =
        new Traces(
            new TracesConfig() {
              @Override
              public Optional<URI> endpoint() {
                return Optional.of(endpoint);
              }

              @Override
              public double ratio() {
                return ratio;
              }

              @Override
              public boolean trustParent() {
                return trustParent;
              }
            },
            endpoint,
            "test-instance");
    this.traces = sending;
    return new Observation(meters, Optional.empty(), Optional.of(sending), TrustedProxies.NONE);
  }

  /** What has come until now, a character for each byte. */
  public String received() {
    return String.join("", received);
  }

  /** All that was sent, a character for each byte, when the last request has ended. */
  public String received(MeterRegistry registry) {
    await().until(() -> registry.get("gatehouse.inflight.requests").gauge().value() == 0);
    if (traces != null) {
      traces.close();
    }
    return received();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
    exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }
}
