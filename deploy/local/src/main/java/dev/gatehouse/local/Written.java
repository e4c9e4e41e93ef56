package dev.gatehouse.local;

import static dev.gatehouse.local.Ports.Use.DEMO_BACKEND;
import static dev.gatehouse.local.Ports.Use.GATEWAY;
import static dev.gatehouse.local.Ports.Use.IDENTITY_PROVIDER;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lines of the files that others read: the gateway's apis, the command's configuration. */
final class Written {
  private Written() {}

  /** Properties, because an environment variable cannot tell the gateway of a key it never met. */
  static List<String> gatewayProperties(List<Upstream> asked, Ports ports) {
    Map<String, Upstream> apis = new LinkedHashMap<>();
    Upstream.demo(URI.create(ports.url(DEMO_BACKEND))).forEach(api -> apis.put(api.api(), api));
    asked.forEach(api -> apis.put(api.api(), api));
    List<String> lines = new ArrayList<>();
    for (Upstream api : apis.values()) {
      String prefix = "gatehouse.apis." + api.api() + ".";
      lines.add(prefix + "upstream=" + api.url());
      lines.add(prefix + "catalog=" + api.catalog());
      if (api.catalog().equals("mimir")) {
        lines.add(prefix + "prometheus-prefix=");
      }
      if (!api.tenants().isEmpty()) {
        lines.add(prefix + "tenants=" + String.join(",", api.tenants()));
      }
    }
    return lines;
  }

  static List<String> cliConfiguration(String instance, Ports ports) {
    return List.of(
        "instances:",
        "  " + instance + ":",
        "    url: http://localhost:" + ports.of(GATEWAY),
        "    clientCredentials:",
        "      tokenUrl: " + IdentityProvider.issuer(ports.of(IDENTITY_PROVIDER)) + "/token",
        "      clientId: operator",
        "      clientSecret: operator",
        "      audience: gatehouse-" + instance);
  }
}
