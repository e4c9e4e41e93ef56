package dev.gatehouse.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown: 1",
        "gateway: {replica: 2}",
        "gateway: {autoscaling: {max: 3}}",
        "apis: {demo: {upstreem: http://a}}",
        "apis: {demo: {catalog: any, timeouts: {conect: 1s}}}",
        "database: {tenants: {password: hunter2}}",
        "oidc: {issuers: {a: {uri: x}}}",
        "monitoring: {serviceMonitor: {enable: true}}",
        "networkPolicy: {serviceSources: [{podSelektor: {}}]}"
      })
  void anUnknownKeyIsRefused(String values) {
    refused(values);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gateway: {replicas: two}",
        "gateway: {replicas: 1.5}",
        "ingress: {enabled: 'true'}",
        "oidc: {audience: one}",
        "gateway: {podAnnotations: {a: 1}}",
        "gateway: {resources: {requests: {cpu: lots}}}",
        "limits: {requestsPerSecond: many}",
        "catalogs: {orders: {catalog: orders}}",
        "auth: {generation: one}"
      })
  void aWrongTypeIsRefused(String values) {
    refused(values);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gateway: {replicas: 0}",
        "gateway: {replicas: 1001}",
        "gateway: {autoscaling: {cpuPercent: 101}}",
        "gateway: {shutdown: {preStopSeconds: 0}}",
        "gateway: {service: {port: 65536}}",
        "gateway: {traces: {ratio: 1.1}}",
        "gateway: {digest: 'sha256:abc'}",
        "gateway: {write: {holdExpired: 1 hour}}",
        "gateway: {trustedProxies: [everybody]}",
        "gateway: {podLabels: {app.kubernetes.io/component: mine}}",
        "gateway: {podAnnotations: {checksum/config: mine}}",
        "gateway: {extraProperties: {\"a b\": c}}",
        "gateway: {extraProperties: {a.b: \"c\\nd.e=f\"}}",
        "gateway: {extraEnv: [{name: A}]}",
        "gateway: {extraEnv: [{name: A, value: b, valueFrom: {}}]}",
        "limits: {requestsPerSecond: 0}",
        "limits: {bodyBytes: 10 MB}",
        "instance: Prod",
        "domain: 'example.com/'",
        "domain: '*.example.com'",
        "hostTemplate: '{tenant}.{domain}'",
        "nesting: {descendantAccess: full}",
        "apis: {api: {catalog: any, upstream: http://a}}",
        "apis: {x: {catalog: any, upstream: http://a}}",
        "apis: {more: {upstream: http://a}}",
        "apis: {demo: {catalog: any, upstream: ftp://a}}",
        "apis: {demo: {catalog: any, upstream: 'http://a,http://b'}}",
        "apis: {demo: {catalog: any, upstream: 'http://${HOST}'}}",
        "apis: {demo: {catalog: any, upstream: http://a, mode: off}}",
        "oidc: {issuers: {Upper: {url: https://a, audience: [b], maySpeakFor: '*'}}}",
        "oidc: {issuers: {a: {url: https://a, audience: [], maySpeakFor: '*'}}}",
        "oidc: {issuers: {a: {url: https://a, audience: [b]}}}",
        "database: {tenants: {name: 'a;b'}}",
        "database: {external: {tls: require}}",
        "database: {cloudnativepg: {extraSpec: {instances: 5}}}",
        "networkPolicy: {serviceSources: [{}]}",
        "networkPolicy: {databaseSources: [{}]}",
        "oidc: {proxy: {url: 'https://proxy:3128'}}",
        "oidc: {proxy: {url: 'http://us:secret@proxy:3128'}}",
        "oidc: {proxy: {url: 'http://proxy'}}",
        "oidc: {proxy: {url: 'http://proxy:3128/'}}",
        "fullnameOverride: -gatehouse",
        "monitoring: {serviceMonitor: {interval: often}}"
      })
  void whatIsOutOfRangeIsRefused(String values) {
    refused(values);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gateway: {replicas: 1000}",
        "gateway: {extraProperties: {'quarkus.log.category.\"io.vertx\".level': DEBUG}}",
        "gateway: {trustedProxies: ['2001:db8::/32', 10.0.0.1]}",
        "limits: {requestsPerSecond: 10000000, bodyBytes: 1T}",
        "apis: {demo: {catalog: any, upstream: [http://a, http://b], upstreams: {write: none}}}",
        "instance: ab",
        "global: {anything: goes}"
      })
  void whatIsJustWithinRangeIsTaken(String values) {
    assertThat(Chart.least().with(values).text()).isNotEmpty();
  }

  @Test
  void everyObjectOfTheSchemaSaysWhatElseItMayHold() throws IOException {
    ObjectNode schema =
        (ObjectNode)
            new ObjectMapper()
                .readTree(Files.readString(Chart.FOLDER.resolve("values.schema.json")));
    List<String> open = new ArrayList<>();

    open("", schema, open);

    assertThat(schema.path("$schema").asText()).contains("draft-07");
    assertThat(open)
        .as("what Kubernetes or an operator looks at themselves, and nothing else, is open")
        .containsExactly("/definitions/passedThrough");
  }

  private static void open(String path, JsonNode node, List<String> into) {
    if (node.path("type").asText().equals("object")) {
      JsonNode additional = node.path("additionalProperties");
      if (additional.isMissingNode() || additional.asBoolean(false)) {
        into.add(path);
      }
    }
    node.properties().forEach(entry -> open(path + "/" + entry.getKey(), entry.getValue(), into));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      open(path + "/" + i, node.get(i), into);
    }
  }

  private static void refused(String values) {
    assertThatThrownBy(() -> Chart.least().with(values).text())
        .hasMessageContaining("values don't meet the specifications of the schema");
  }
}
