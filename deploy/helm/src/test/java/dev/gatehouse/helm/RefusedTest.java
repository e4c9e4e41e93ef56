package dev.gatehouse.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot work together is refused with a sentence that says what to do. */
class RefusedTest {

  private static final String SMALLEST = "smallest";
  private static final String CLUSTER = "production";
  private static final String TWO_ROLES = "existing-mimir-loki";

  static Stream<Arguments> impossible() {
    return Stream.of(
        refused(SMALLEST, "instance: ''", "instance is empty"),
        refused(SMALLEST, "domain: ''", "domain is empty"),
        refused(
            SMALLEST,
            "database: {cloudnativepg: {enabled: true}}",
            "database.external.host and database.cloudnativepg.enabled are both set"),
        refused(SMALLEST, "database: {external: {host: ''}}", "There is no database"),
        refused(
            SMALLEST,
            "database: {external: {caConfigMap: ''}}",
            "database.external.tls=verify-full needs database.external.caConfigMap"),
        refused(
            SMALLEST, "database: {keys: {name: tenants}}", "each service needs a database of its"),
        refused(
            SMALLEST,
            "database: {keys: {existingSecret: ''}}",
            "database.keys.existingSecret is empty"),
        refused(
            CLUSTER,
            "database: {keys: {existingSecret: '', ddlSecret: owner}}",
            "database.keys.ddlSecret without existingSecret"),
        refused(TWO_ROLES, "database: {keys: {role: ''}}", "database.keys.role is empty"),
        refused(CLUSTER, "database: {tenants: {role: ''}}", "database.tenants.role is empty"),
        refused(
            TWO_ROLES,
            "database: {keys: {ddlSecret: gatehouse-keys-db}}",
            "database.keys.ddlSecret and existingSecret are the same"),
        refused(CLUSTER, "database: {keys: {role: gatehouse_tenants}}", "a role has one password"),
        refused(
            SMALLEST,
            "httpRoute: {enabled: true, parentRefs: [{name: a}]}",
            "ingress.enabled and httpRoute.enabled are both true"),
        refused(CLUSTER, "httpRoute: {parentRefs: []}", "httpRoute.parentRefs is empty"),
        refused(
            SMALLEST,
            "hostTemplate: '{api}.{tenant}.{domain}'",
            "puts tenants one label deeper than the wildcard of an Ingress reaches"),
        refused(SMALLEST, "ingress: {tls: {secretName: ''}}", "ingress.tls has no certificate"),
        refused(
            CLUSTER, "certificate: {issuerRef: {name: ''}}", "certificate.issuerRef.name is empty"),
        refused(SMALLEST, "gateway: {tls: {enabled: true}}", "gateway.tls has no certificate"),
        refused(
            SMALLEST,
            "gateway: {tls: {enabled: true, secretName: a}, service: {port: 443}}",
            "gateway.service.port=443 is taken"),
        refused(
            SMALLEST,
            "multiTenancy: {enabled: false}",
            "multiTenancy.enabled=false lets everybody in without a token"),
        refused(
            SMALLEST,
            "multiTenancy: {allowAnonymous: true}",
            "multiTenancy.allowAnonymous=true has no effect"),
        refused(SMALLEST, "oidc: {audience: []}", "oidc.audience is empty"),
        refused(SMALLEST, "oidc: {issuerUrl: ''}", "oidc.audience without oidc.issuerUrl"),
        refused(
            SMALLEST,
            "oidc: {proxy: {existingSecret: proxy}}",
            "oidc.proxy.existingSecret without oidc.proxy.url"),
        refused(SMALLEST, "oidc: {issuerUrl: '', audience: []}", "Nobody could register a tenant"),
        refused(
            SMALLEST,
            """
            oidc:
              issuerUrl: ''
              audience: []
              issuers: {one: {url: https://a, audience: [b], maySpeakFor: acme}}
            """,
            "Nobody could register a tenant"),
        refused(
            SMALLEST,
            "auth: {previousSecret: gh-gatehouse-auth}",
            "auth.previousSecret is the Secret that is used already"),
        refused(
            SMALLEST,
            "apis: {demo: {catalog: unknown}}",
            "apis.demo.catalog=unknown is neither built in"),
        refused(SMALLEST, "apis: {more: {catalog: any}}", "apis.more has neither upstream nor"),
        refused(
            SMALLEST,
            "apis: {demo: {catalog: prometheus}}",
            "apis.demo: a Prometheus ignores tenants"),
        refused(
            SMALLEST,
            "apis: {demo: {credentials: {existingSecret: a, passwordKey: b, bearerTokenKey: c}}}",
            "has both passwordKey and bearerTokenKey"),
        refused(
            SMALLEST,
            "apis: {demo: {credentials: {existingSecret: a}}}",
            "has neither passwordKey nor bearerTokenKey"),
        refused(
            SMALLEST,
            "apis: {demo: {credentials: {existingSecret: a, passwordKey: b}}}",
            "apis.demo.credentials.username is empty"),
        refused(
            SMALLEST,
            "apis: {demo: {credentials: {existingSecret: a, username: u, bearerTokenKey: b}}}",
            "apis.demo.credentials.username is of no use"),
        refused(SMALLEST, "catalogs: {loki: x}", "catalogs.loki has the name of a built-in"),
        refused(
            SMALLEST,
            "gateway: {autoscaling: {enabled: true, minReplicas: 3, maxReplicas: 2}}",
            "gateway.autoscaling.maxReplicas is below minReplicas"),
        refused(
            SMALLEST,
            "gateway: {disruptionBudget: {enabled: true}}",
            "gateway.disruptionBudget protects nothing with one replica"),
        refused(
            SMALLEST,
            "keyService: {disruptionBudget: {enabled: true}}",
            "keyService.disruptionBudget protects nothing with one replica"),
        refused(
            CLUSTER,
            "gateway: {autoscaling: {minReplicas: 1}}",
            "gateway.disruptionBudget protects nothing with one replica"),
        refused(
            SMALLEST,
            "gateway: {extraProperties: {gatehouse.apis.demo.credentials.password: hunter2}}",
            "looks like a secret, and a ConfigMap is none"),
        refused(
            SMALLEST,
            "keyService: {extraEnv: [{name: QUARKUS_DATASOURCE_PASSWORD, value: hunter2}]}",
            "looks like a secret that stands in the manifest"),
        refused(
            SMALLEST,
            "gateway: {shutdown: {drainTimeoutSeconds: 71}}",
            "sleep, delay, drain and 10 seconds take 91"),
        refused(
            SMALLEST,
            "monitoring: {serviceMonitor: {enabled: true}}",
            "monitoring.namespace is empty"));
  }

  @ParameterizedTest
  @MethodSource("impossible")
  void whatCannotWorkTogetherIsRefusedWithASentence(String file, String values, String sentence) {
    assertThat(Chart.of(file).text()).isNotEmpty();

    assertThatThrownBy(() -> Chart.of(file).with(values).text()).hasMessageContaining(sentence);
  }

  @Test
  void everySentenceOfTheChartIsTestedHere() throws IOException {
    String refusals = Files.readString(Chart.FOLDER.resolve("templates/refused.yaml"));
    List<Pattern> sentences =
        Pattern.compile("fail \\(?(?:printf )?\"([^\"]+)\"")
            .matcher(refusals)
            .results()
            .map(match -> sentence(match.group(1)))
            .toList();
    List<String> given =
        impossible()
            .map(arguments -> message((String) arguments.get()[0], (String) arguments.get()[1]))
            .toList();

    assertThat(sentences).hasSizeGreaterThan(30);
    assertThat(sentences)
        .allSatisfy(
            sentence -> assertThat(given).anyMatch(message -> sentence.matcher(message).find()));
  }

  @ParameterizedTest
  @MethodSource("possible")
  void whatIsCloseToThatWorks(String file, String values) {
    assertThat(Chart.of(file).with(values).text()).isNotEmpty();
  }

  static Stream<Arguments> possible() {
    return Stream.of(
        Arguments.of(SMALLEST, "database: {external: {tls: disable, caConfigMap: ''}}"),
        Arguments.of(
            CLUSTER,
            "database: {tenants: {existingSecret: '', role: ''}, keys: {existingSecret: '', role: ''}}"),
        Arguments.of(
            CLUSTER, "{hostTemplate: '{api}.{tenant}.{domain}', httpRoute: {enabled: true}}"),
        Arguments.of(
            SMALLEST,
            "{hostTemplate: '{api}.{tenant}.{domain}', ingress: {extraHosts: ['*.a.example.com']}}"),
        Arguments.of(SMALLEST, "multiTenancy: {enabled: false, allowAnonymous: true}"),
        Arguments.of(
            SMALLEST,
            "{oidc: {issuerUrl: '', audience: []}, networkPolicy: {serviceSources: [{podSelector: {}}]}}"),
        Arguments.of(
            SMALLEST,
            "oidc: {issuerUrl: '', audience: [], issuers: {a: {url: https://a, audience: [b], maySpeakFor: '*'}}}"),
        Arguments.of(SMALLEST, "apis: {demo: {catalog: prometheus, tenants: [acme]}}"),
        Arguments.of(
            SMALLEST,
            "gateway: {extraEnv: [{name: A_TOKEN, valueFrom: {secretKeyRef: {name: a, key: b}}}]}"),
        Arguments.of(SMALLEST, "gateway: {shutdown: {drainTimeoutSeconds: 70}}"),
        Arguments.of(
            SMALLEST,
            "{monitoring: {serviceMonitor: {enabled: true}}, networkPolicy: {enabled: false}}"));
  }

  private static Arguments refused(String file, String values, String sentence) {
    return Arguments.of(file, values, sentence);
  }

  private static String message(String file, String values) {
    try {
      return "Not refused: " + Chart.of(file).with(values).text();
    } catch (IllegalStateException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** What a format string can become. */
  private static Pattern sentence(String format) {
    return Pattern.compile(
        Stream.of(format.split("%[sd]", -1))
            .map(Pattern::quote)
            .reduce((a, b) -> a + ".*" + b)
            .orElseThrow());
  }
}
