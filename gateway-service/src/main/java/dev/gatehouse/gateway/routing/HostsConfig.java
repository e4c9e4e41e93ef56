package dev.gatehouse.gateway.routing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.util.Set;

/** The hosts under which the gateway is reached. */
@ConfigMapping(prefix = "gatehouse")
public interface HostsConfig {

  /** What the hosts of all tenants and apis end in. */
  @WithDefault("localhost")
  String domain();

  /** One of {api}-{tenant}.{domain}, {api}.{tenant}.{domain} and {tenant}.{api}.{domain}. */
  @WithDefault("{api}-{tenant}.{domain}")
  @WithConverter(HostTemplateConverter.class)
  HostTemplate hostTemplate();

  /** The hosts of the user interface and the control plane, without ports. */
  @WithDefault("console.${gatehouse.domain:localhost}")
  Set<String> controlHosts();
}
