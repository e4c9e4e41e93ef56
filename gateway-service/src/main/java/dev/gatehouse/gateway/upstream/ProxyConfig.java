package dev.gatehouse.gateway.upstream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the gateway calls upstreams. What differs between apis stands with the api. */
@ConfigMapping(prefix = "gatehouse.proxy")
public interface ProxyConfig {

  /**
   * How long a connection to an upstream may take to come about, before 504; where its api says
   * nothing else.
   */
  @WithDefault("2s")
  Duration connectTimeout();

  /**
   * The most connections to one server that this process keeps for an api, idle ones among them.
   */
  @WithDefault("1024")
  int maxConnections();

  /** The most requests to one server that may wait for a connection, per event loop. */
  @WithDefault("1024")
  int maxWaiting();

  /** How long an unused connection to an upstream is kept. */
  @WithDefault("30s")
  Duration keepAlive();

  /** After how many failures in a row a server of an upstream is left alone for a while. */
  @WithDefault("3")
  int outAfter();

  /**
   * For how long such a server is left alone the first time; a quarter more or less, so that
   * gateways do not come back together. Each time that it fails again, it is twice as long.
   */
  @WithDefault("1s")
  Duration outFor();

  /** The longest that such a server is left alone. */
  @WithDefault("30s")
  Duration outForAtMost();

  /** The most bytes that the headers of an upstream's answer may have. */
  @WithDefault("65536")
  int maxResponseHeaders();
}
