package dev.gatehouse.common.quota;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * How much each top-level tenant may have, with all tenants that are nested in it. Operators are
 * not bound by it.
 */
@ConfigMapping(prefix = "gatehouse.quota")
public interface QuotaConfiguration {

  /** How many tenants may be nested in one top-level tenant, at all depths together. */
  @WithDefault("1000")
  int tenants();

  /** How many trust anchors a top-level tenant has, personal ones and nested tenants included. */
  @WithDefault("1000")
  int keys();

  /** How many issuers it has that were registered by API. */
  @WithDefault("20")
  int issuers();

  /** How many revocations it has at a time; expired ones vanish by themselves. */
  @WithDefault("10000")
  int revocations();

  /** How many writes a minute it has, per replica of the service; as many may come at once. */
  @WithDefault("600")
  int writesPerMinute();
}
