package dev.gatehouse.key.owner;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/** Where the registry of tenants is, which knows the owners of keys. */
@ConfigMapping(prefix = "gatehouse.tenant-service")
interface TenantServiceConfiguration {

  /** Its address; {@code http://} or {@code https://}, without a path. */
  @WithDefault("http://127.0.0.1:8180")
  URI url();

  /** After this a write that has to know its owner is answered 503. */
  @WithDefault("2s")
  Duration deadline();
}
