package dev.gatehouse.gateway.observation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** Whether and where traces of requests on the data plane are sent. */
@ConfigMapping(prefix = "gatehouse.traces")
public interface TracesConfig {

  /**
   * Where a collector takes OTLP over HTTP, such as http://collector:4318. Default: there are no
   * traces, and headers about them pass through untouched.
   */
  Optional<URI> endpoint();

  /** The share of requests that are traced, from 0 to 1. */
  @WithDefault("0.01")
  double ratio();

  /**
   * Whether a client's traceparent decides if its request is traced; otherwise only the ratio does,
   * and a client gives no more than the ids. For gateways whose clients are all one's own.
   */
  @WithDefault("false")
  boolean trustParent();
}
