package dev.gatehouse.gateway.listener;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long connections of clients may live, and how many there may be. */
@ConfigMapping(prefix = "gatehouse.connections")
public interface ConnectionsConfig {

  /**
   * The age at which a connection is given up, 20 % more or less so that not all go at once. The
   * next answer says so; requests under way and WebSockets are not cut. 0 = never.
   */
  @WithDefault("5m")
  Duration maxAge();

  /** The most connections at a time; further ones are closed at once. 0 = no bound of ours. */
  @WithDefault("0")
  int max();

  /**
   * How long the head of a request may take to come completely, or a TLS handshake; then the
   * connection is closed.
   */
  @WithDefault("10s")
  Duration headTimeout();

  /**
   * The time after which a connection is closed on which nothing happens though it is the client's
   * turn: no request, no further piece of a body, no byte of the answer taken. WebSockets may be
   * silent.
   */
  @WithDefault("10m")
  Duration idleTimeout();
}
