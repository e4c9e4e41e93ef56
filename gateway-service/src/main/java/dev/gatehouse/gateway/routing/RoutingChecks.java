package dev.gatehouse.gateway.routing;

import dev.gatehouse.gateway.routing.ApisConfig.ApiConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns configuration into values that cannot be wrong, or stops the start with a sentence that
 * names the key and the remedy.
 */
final class RoutingChecks {

  private RoutingChecks() {}

  static Apis apis(ApisConfig config) {
    List<Api> apis = new ArrayList<>();
    for (Map.Entry<String, ApiConfig> entry : config.apis().entrySet()) {
      apis.add(ApiChecks.api(entry.getKey(), entry.getValue()));
    }
    return new Apis(apis);
  }

  /** What is allowed, and should not be overlooked. */
  static List<String> warnings(Apis apis) {
    List<String> warnings = new ArrayList<>();
    for (Api api : apis.all()) {
      String key = "gatehouse.apis." + api.name();
      if (api.reportsOnly()) {
        warnings.add(
            key
                + ".mode is report: nothing is refused, whoever asks for whatever tenant;"
                + " gatehouse_report_only_refusals_total shows what enforce would refuse");
      }
      if (api.forwardsToken()) {
        warnings.add(
            key
                + ".forward-token is true: the backend gets its clients' tokens, and whoever reads"
                + " them there can act as these clients");
      }
    }
    return warnings;
  }

  static Hosts hosts(HostsConfig config, Apis apis) {
    Hosts hosts =
        ApiChecks.checked(
            "gatehouse.domain and gatehouse.control-hosts",
            () -> new Hosts(config.hostTemplate(), config.domain(), config.controlHosts()));
    Hosts withoutControl = new Hosts(config.hostTemplate(), config.domain(), Set.of());
    for (String host : hosts.controlHosts()) {
      if (isOfAnApi(host, withoutControl, apis)) {
        throw new ConfigurationException(
            "gatehouse.control-hosts names "
                + host
                + ", which is a host of an api; no backend is"
                + " served on a control host, so take another name");
      }
    }
    return hosts;
  }

  private static boolean isOfAnApi(String host, Hosts hosts, Apis apis) {
    if (host.equals("api." + hosts.domain())) {
      return true;
    }
    Destination destination = hosts.destination(host, StrictPath.parse("/"));
    if (destination instanceof Destination.ApiHost apiHost) {
      return apis.named(apiHost.api()).isPresent();
    }
    return destination instanceof Destination.TenantHost tenantHost
        && apis.named(tenantHost.api()).isPresent();
  }
}
