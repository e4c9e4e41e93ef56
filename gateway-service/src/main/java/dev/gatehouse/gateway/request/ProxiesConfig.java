package dev.gatehouse.gateway.request;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** Who stands before the gateway. */
@ConfigMapping(prefix = "gatehouse")
public interface ProxiesConfig {

  /**
   * Addresses of proxies whose X-Forwarded-For, -Proto and -Host are believed: IP addresses and
   * ranges of them (10.0.0.0/8). Whoever reaches the gateway from one of them can pretend to be any
   * client. Nobody by default.
   */
  Optional<List<String>> trustedProxies();
}
