package dev.gatehouse.local;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An api of the local gateway and the backend behind it.
 *
 * @param tenants who may use it; empty: everybody
 */
record Upstream(String api, URI url, String catalog, List<String> tenants) {
  private static final Pattern API = Pattern.compile("[a-z0-9]{2,20}");
  private static final Pattern TENANT = Pattern.compile("[a-z0-9:-]{2,240}");
  private static final Set<String> RESERVED =
      Set.of("api", "console", "tenants", "keys", "issuers", "audit");
  private static final List<String> CATALOGS =
      List.of("any", "loki", "mimir", "otlp", "prometheus", "tempo");
  private static final Map<String, String> USUAL_CATALOG =
      Map.of(
          "cortex", "mimir",
          "mimir", "mimir",
          "loki", "loki",
          "tempo", "tempo",
          "otlp", "otlp",
          "prometheus", "prometheus");
  private static final String FORM = "--upstream NAME=URL[,catalog=C][,tenants=a+b]";

  Upstream {
    tenants = List.copyOf(tenants);
    if (!API.matcher(api).matches() || RESERVED.contains(api)) {
      throw wrong("'" + api + "' is no name for an api ([a-z0-9]{2,20}, none of " + reserved());
    }
    if (!List.of("http", "https").contains(String.valueOf(url.getScheme()))
        || url.getHost() == null) {
      throw wrong("'" + url + "' is no http or https URL");
    }
    if (!CATALOGS.contains(catalog)) {
      throw wrong("catalog '" + catalog + "' of api '" + api + "' is none of " + join(CATALOGS));
    }
    for (String tenant : tenants) {
      if (!TENANT.matcher(tenant).matches()) {
        throw wrong("'" + tenant + "' is no tenant's name");
      }
    }
    if (catalog.equals("prometheus") && tenants.isEmpty()) {
      throw wrong(
          "a Prometheus does not tell tenants apart, so say who may use api '"
              + api
              + "': ,tenants=a+b");
    }
  }

  /** The apis that an instance has when nothing else is said, all answered by the demo backend. */
  static List<Upstream> demo(URI backend) {
    return List.of(
        new Upstream("cortex", backend, "mimir", List.of()),
        new Upstream("loki", backend, "loki", List.of()),
        new Upstream("tempo", backend, "tempo", List.of()),
        new Upstream("demo", backend, "any", List.of()));
  }

  /** Reads {@code NAME=URL[,catalog=C][,tenants=a+b]}. */
  static Upstream parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw wrong("'" + text + "' has no NAME=URL");
    }
    String api = text.substring(0, equals);
    String[] fields = text.substring(equals + 1).split(",", -1);
    String catalog = USUAL_CATALOG.getOrDefault(api, "any");
    List<String> tenants = List.of();
    for (String field : Arrays.asList(fields).subList(1, fields.length)) {
      if (field.startsWith("catalog=")) {
        catalog = field.substring("catalog=".length());
      } else if (field.startsWith("tenants=")) {
        tenants = List.of(field.substring("tenants=".length()).split("\\+", -1));
      } else {
        throw wrong("'" + field + "' is neither catalog=… nor tenants=…");
      }
    }
    return new Upstream(api, uri(fields[0]), catalog, tenants);
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw wrong("'" + text + "' is no http or https URL");
    }
  }

  private static String reserved() {
    return join(RESERVED.stream().sorted().toList()) + ")";
  }

  private static String join(List<String> names) {
    return String.join(", ", names);
  }

  private static Failure wrong(String what) {
    return Failure.usage(what + ". The form is " + FORM + ".");
  }
}
