package dev.gatehouse.gateway.observation;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends traces to a collector, in the background and from a bounded queue. A client's trace goes on
 * if its {@code traceparent} is valid (W3C Trace Context); whether it is recorded is our decision,
 * as a client that could force it could make every request cost more.
 */
final class Traces implements AutoCloseable {

  static final TextMapPropagator PROPAGATOR = W3CTraceContextPropagator.getInstance();

  private static final String PARENT = "traceparent";
  private static final String STATE = "tracestate";

  /** Characters; what W3C Trace Context §3.3.1.5 asks everybody to carry. */
  private static final int MAX_STATE = 512;

  private static final long PATIENCE_SECONDS = 5;

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  Traces(TracesConfig config, URI endpoint, String instance) {
    check(endpoint, config.ratio());
    provider =
        SdkTracerProvider.builder()
            .setResource(
                Resource.getDefault()
                    .merge(
                        Resource.create(
                            Attributes.builder()
                                .put("service.name", "gatehouse-gateway")
                                .put("service.namespace", instance)
                                .build())))
            .setSampler(sampler(config.ratio(), config.trustParent()))
            .addSpanProcessor(
                BatchSpanProcessor.builder(
                        OtlpHttpSpanExporter.builder().setEndpoint(traces(endpoint)).build())
                    .build())
            .build();
    tracer = provider.get("dev.gatehouse.gateway");
  }

  Trace begin(HttpServerRequest request) {
    Context parent = PROPAGATOR.extract(Context.root(), request.headers(), Headers.INSTANCE);
    return new Trace(
        tracer,
        tracer
            .spanBuilder(Trace.method(request.method().name()))
            .setSpanKind(SpanKind.SERVER)
            .setParent(parent)
            .startSpan());
  }

  /** Sends what waits, if that does not take long. */
  @Override
  public void close() {
    provider.shutdown().join(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static void check(URI endpoint, double ratio) {
    String scheme = String.valueOf(endpoint.getScheme());
    if (endpoint.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalStateException(
          "gatehouse.traces.endpoint is not a URL: write one like http://collector:4318");
    }
    if (!(ratio >= 0 && ratio <= 1)) {
      throw new IllegalStateException("gatehouse.traces.ratio must be 0 to 1: 0.01 is one of 100");
    }
  }

  /** A bare address means the path that OTLP has for traces. */
  private static String traces(URI endpoint) {
    String path = endpoint.getPath();
    return path == null || path.isEmpty() || path.equals("/")
        ? endpoint.resolve("/v1/traces").toString()
        : endpoint.toString();
  }

  private static Sampler sampler(double ratio, boolean trustParent) {
    Sampler ours = new Share(ratio);
    return trustParent
        ? Sampler.parentBased(ours)
        : Sampler.parentBasedBuilder(ours)
            .setRemoteParentSampled(ours)
            .setRemoteParentNotSampled(ours)
            .build();
  }

  /** A share of all, chosen by chance: by the trace id a client could choose itself. */
  private record Share(double ratio) implements Sampler {

    @Override
    public SamplingResult shouldSample(
        Context parent,
        String traceId,
        String name,
        SpanKind kind,
        Attributes attributes,
        List<LinkData> links) {
      return ThreadLocalRandom.current().nextDouble() < ratio
          ? SamplingResult.recordAndSample()
          : SamplingResult.drop();
    }

    @Override
    public String getDescription() {
      return "Share{" + ratio + "}";
    }
  }

  /** Two parents are none; a state can be spread over several headers (§3.2, §3.3). */
  private enum Headers implements TextMapGetter<MultiMap> {
    INSTANCE;

    @Override
    public Iterable<String> keys(MultiMap headers) {
      return headers.names();
    }

    @Override
    public @Nullable String get(@Nullable MultiMap headers, String name) {
      if (headers == null) {
        return null;
      }
      List<String> values = headers.getAll(name);
      if (name.equals(PARENT)) {
        return values.size() == 1 ? values.get(0) : null;
      }
      String joined = String.join(",", values);
      return joined.isEmpty() || (name.equals(STATE) && joined.length() > MAX_STATE)
          ? null
          : joined;
    }
  }
}
