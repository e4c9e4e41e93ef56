package dev.gatehouse.local;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Gateways that were killed: receipts wait for them until an operator says that they are gone. */
final class GoneGateways {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String apiKey;
  private final List<Ports.Use> services = List.of(Ports.Use.TENANT_SERVICE, Ports.Use.KEY_SERVICE);
  private final Installation installation;

  GoneGateways(Installation installation) throws IOException {
    this.installation = installation;
    this.apiKey = Files.readString(installation.state().resolve("secrets/auth-api-key")).strip();
  }

  /** Says so of all of that name, at the services that answer. */
  void remove(String name) {
    for (Ports.Use service : services) {
      try {
        for (Map<String, Object> gateway : at(service)) {
          if (name.equals(gateway.get("name"))) {
            call(service, "/" + gateway.get("id"), "DELETE");
          }
        }
      } catch (UncheckedIOException | ParseException gone) {
        // Then it waits for nobody.
      }
    }
  }

  private List<Map<String, Object>> at(Ports.Use service) throws ParseException {
    String answer = call(service, "", "GET");
    Map<String, Object>[] gateways =
        JSONObjectUtils.getJSONObjectArray(JSONObjectUtils.parse(answer), "gateways");
    return gateways == null ? List.of() : List.of(gateways);
  }

  private String call(Ports.Use service, String path, String method) {
    URI url =
        URI.create("http://127.0.0.1:" + installation.port(service) + "/api/v1/gateways" + path);
    return Http.send(
            HttpRequest.newBuilder(url)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(PATIENCE)
                .headers("X-API-Key", apiKey, "X-Tenant-ID", "*")
                .build())
        .body();
  }
}
