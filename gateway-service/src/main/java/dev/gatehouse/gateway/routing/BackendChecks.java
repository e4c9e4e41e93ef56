package dev.gatehouse.gateway.routing;

import dev.gatehouse.gateway.catalog.Catalog;
import dev.gatehouse.gateway.catalog.CatalogDefinition;
import dev.gatehouse.gateway.catalog.Operation;
import dev.gatehouse.gateway.catalog.OperationClass;
import dev.gatehouse.gateway.routing.ApisConfig.ApiConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The upstreams of one api, as configured, until it is known that they fit the catalog.
 *
 * @param key of the api's configuration
 * @param named by group or class; empty: what they name is not offered
 */
record BackendChecks(String key, Optional<Backend> overall, Map<String, Optional<Backend>> named) {

  private static final String NONE = "none";
  private static final String HTTP2 = "http2";

  static BackendChecks read(
      String key,
      ApiName api,
      ApiConfig config,
      Timeouts timeouts,
      Optional<UpstreamCredentials> credentials,
      CatalogDefinition definition) {
    Set<String> known = new TreeSet<>(definition.groups());
    for (OperationClass kind : OperationClass.values()) {
      known.add(kind.access());
    }
    for (String name : config.upstreams().keySet()) {
      if (!known.contains(name)) {
        throw new ConfigurationException(
            key
                + ".upstreams."
                + name
                + " names no group or class of the catalog "
                + definition.name()
                + "; use one of "
                + String.join(", ", known));
      }
    }
    Set<String> http2 = http2(key + "." + HTTP2, config);
    boolean all = http2.contains("true");
    Optional<Backend> overall =
        config
            .upstream()
            .map(
                urls ->
                    new Backend(
                        api.value(), urls(key + ".upstream", urls), timeouts, all, credentials));
    Map<String, Optional<Backend>> named = new TreeMap<>();
    config
        .upstreams()
        .forEach(
            (name, urls) ->
                named.put(
                    name,
                    urls.equals(List.of(NONE))
                        ? Optional.empty()
                        : Optional.of(
                            new Backend(
                                api + "/" + name,
                                urls(key + ".upstreams." + name, urls),
                                timeouts,
                                all || http2.contains(name),
                                credentials))));
    return new BackendChecks(key, overall, named);
  }

  /** Whether the operation is to be offered, as far as upstreams say. */
  boolean reaches(Operation operation) {
    for (String name : namesOf(operation)) {
      Optional<Backend> choice = named.get(name);
      if (choice != null) {
        return choice.isPresent() && takes(choice.get(), operation);
      }
    }
    // Without an upstream for it the start fails later; but nobody has to say that they lack gRPC.
    return overall.map(backend -> takes(backend, operation)).orElse(!operation.grpc());
  }

  /** Every operation has a backend, and every backend has an operation. */
  Backends checked(Catalog catalog) {
    Map<OperationClass, Backend> byClass = new EnumMap<>(OperationClass.class);
    Map<String, Backend> byGroup = new HashMap<>(named.size());
    named.forEach(
        (name, choice) ->
            choice.ifPresent(
                backend ->
                    OperationClass.named(name)
                        .ifPresentOrElse(
                            kind -> byClass.put(kind, backend), () -> byGroup.put(name, backend))));
    Backends backends = new Backends(overall, byClass, byGroup);
    Set<String> unused = new TreeSet<>(named.keySet());
    for (Operation operation : catalog.operations()) {
      Backend backend = backends.find(operation);
      if (backend == null) {
        throw new ConfigurationException(
            key
                + ".upstream is not set, and no other upstream takes "
                + operation.name()
                + " of the catalog "
                + catalog
                + "; set it, or "
                + String.join(" or ", keysOf(operation))
                + " (to none, if it is not to be offered)");
      }
      namesOf(operation).forEach(unused::remove);
    }
    unused.forEach(this::refuseUnused);
    return backends;
  }

  private void refuseUnused(String name) {
    if (named.getOrDefault(name, Optional.empty()).isEmpty()) {
      return;
    }
    throw new ConfigurationException(
        key
            + ".upstreams."
            + name
            + " is set, but no operation goes there; take it away, or name it in "
            + key
            + ".http2 if it is for gRPC, or switch on in "
            + key
            + ".features what it is for");
  }

  private List<String> keysOf(Operation operation) {
    return namesOf(operation).stream().map(name -> key + ".upstreams." + name).toList();
  }

  private static List<String> namesOf(Operation operation) {
    List<String> names = new ArrayList<>(operation.groups());
    names.add(operation.kind().access());
    return names;
  }

  private static boolean takes(Backend backend, Operation operation) {
    return backend.http2() || !operation.grpc();
  }

  private static Set<String> http2(String key, ApiConfig config) {
    Set<String> names = new TreeSet<>(config.http2());
    boolean onOrOff = names.equals(Set.of("true")) || names.equals(Set.of("false"));
    for (String name : names) {
      if (!onOrOff && !config.upstreams().containsKey(name)) {
        throw new ConfigurationException(
            key + " names " + name + "; write true, false, or names of upstreams that are set");
      }
    }
    return names;
  }

  private static List<URI> urls(String key, List<String> texts) {
    List<URI> urls = new ArrayList<>();
    for (String text : texts) {
      URI url = url(key, text);
      if (urls.contains(url)) {
        throw new ConfigurationException(key + " names " + url + " twice; keep one");
      }
      if (!urls.isEmpty() && !isAlike(urls.get(0), url)) {
        throw new ConfigurationException(
            key
                + " names URLs of different schemes or paths; servers that answer the same have"
                + " the same");
      }
      urls.add(url);
    }
    return urls;
  }

  private static boolean isAlike(URI one, URI other) {
    return one.getScheme().equals(other.getScheme()) && one.getRawPath().equals(other.getRawPath());
  }

  /** Its text is in no sentence: it may hold a password. */
  private static URI url(String key, String text) {
    try {
      URI url = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (http
          && url.getHost() != null
          && url.getRawUserInfo() == null
          && url.getRawQuery() == null
          && url.getRawFragment() == null) {
        return url;
      }
    } catch (URISyntaxException e) {
      // As wrong as any other.
    }
    throw new ConfigurationException(
        key
            + " is no URL of a backend; write it like http://cortex:8080, without credentials,"
            + " query and fragment");
  }
}
