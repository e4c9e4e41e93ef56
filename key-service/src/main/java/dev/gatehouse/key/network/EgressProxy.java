package dev.gatehouse.key.network;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Which hosts are called through a proxy, and which one. */
@ApplicationScoped
public class EgressProxy {

  private static final String PREFIX = "gatehouse.oidc.proxy.";

  private final Optional<ProxyOptions> proxy;
  private final HostList except;

  /**
   * @throws IllegalStateException when the configuration is unusable; the process must not start
   */
  EgressProxy(EgressProxyConfiguration configuration) {
    checkLogin(configuration);
    this.proxy = configuration.url().map(url -> proxy(url, configuration));
    this.except = HostList.configured(PREFIX + "except", configuration.except());
  }

  /** What is wrong is said at the start, not when a provider is called first. */
  void check(@Observes StartupEvent event) {}

  /** The proxy through which this address is called; empty: directly. */
  public Optional<ProxyOptions> on(URI uri) {
    return proxy.filter(any -> !except.contain(uri));
  }

  private static void checkLogin(EgressProxyConfiguration configuration) {
    boolean named = configuration.username().isPresent();
    if (named != configuration.password().isPresent()) {
      throw new IllegalStateException(
          PREFIX + "username and " + PREFIX + "password are given together or not at all");
    }
    if (named && configuration.url().isEmpty()) {
      throw new IllegalStateException(PREFIX + "username is given, but no " + PREFIX + "url");
    }
  }

  private static ProxyOptions proxy(URI url, EgressProxyConfiguration configuration) {
    ProxyOptions options =
        new ProxyOptions().setType(ProxyType.HTTP).setHost(hostOf(url)).setPort(url.getPort());
    configuration.username().ifPresent(options::setUsername);
    configuration.password().ifPresent(options::setPassword);
    return options;
  }

  /** Without quoting the address: a password may have been put into it. */
  private static String hostOf(URI url) {
    boolean plain =
        "http".equals(url.getScheme())
            && url.getHost() != null
            && url.getPort() > 0
            && url.getRawUserInfo() == null
            && List.of("", "/").contains(url.getRawPath())
            && url.getRawQuery() == null
            && url.getRawFragment() == null;
    if (!plain) {
      throw new IllegalStateException(
          PREFIX
              + "url is wrong: it is http://host:port, without a path; user name and password have"
              + " keys of their own");
    }
    String host = url.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
