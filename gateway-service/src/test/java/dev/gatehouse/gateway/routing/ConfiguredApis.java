package dev.gatehouse.gateway.routing;

import dev.gatehouse.gateway.catalog.Match;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Apis as configuration makes them. */
public final class ConfiguredApis {

  private ConfiguredApis() {}

  /** The one api of this name. Keys stand without {@code gatehouse.apis.<name>.} */
  public static Api api(String name, String... keysAndValues) {
    Map<String, String> settings = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      settings.put("gatehouse.apis." + name + "." + keysAndValues[i], keysAndValues[i + 1]);
    }
    return api(name, new PropertiesConfigSource(settings, "test", 100));
  }

  static Api api(String name, ConfigSource source) {
    ApisConfig config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .addDiscoveredConverters()
            .withMapping(ApisConfig.class)
            .withSources(source)
            .build()
            .getConfigMapping(ApisConfig.class);
    return RoutingChecks.apis(config).named(new ApiName(name)).orElseThrow();
  }

  /** The operation at this path. */
  public static Match match(Api api, String method, String path) {
    return api.catalog().match(method, List.of(path.substring(1).split("/", -1)));
  }
}
