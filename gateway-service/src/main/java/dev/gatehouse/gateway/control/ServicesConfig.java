package dev.gatehouse.gateway.control;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.net.URI;

/** Where the services behind the control plane are. */
@ConfigMapping(prefix = "gatehouse")
public interface ServicesConfig {

  /** The tenant-service's HTTP port, as a URL without a path. */
  @WithName("tenant-service.url")
  URI tenantServiceUrl();

  /** The key-service's HTTP port, as a URL without a path. */
  @WithName("key-service.url")
  URI keyServiceUrl();
}
