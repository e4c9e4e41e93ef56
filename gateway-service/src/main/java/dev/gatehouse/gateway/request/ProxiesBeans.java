package dev.gatehouse.gateway.request;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Gives the checked configuration to those who inject it. */
@Dependent
class ProxiesBeans {

  @Produces
  @Singleton
  TrustedProxies trustedProxies(ProxiesConfig config) {
    return read(config.trustedProxies().orElse(List.of()));
  }

  /**
   * Reads the list.
   *
   * @throws ConfigurationException when one of them is neither an address nor a range
   */
  static TrustedProxies read(List<String> texts) {
    List<AddressRange> ranges = new ArrayList<>();
    for (String text : texts) {
      try {
        ranges.add(AddressRange.parse(text.trim()));
      } catch (IllegalArgumentException e) {
        throw new ConfigurationException(
            "gatehouse.trusted-proxies: "
                + e.getMessage()
                + "; write it like 10.0.0.0/8 or 192.0.2.7",
            e);
      }
    }
    return new TrustedProxies(ranges);
  }
}
