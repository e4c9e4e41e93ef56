package dev.gatehouse.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.gateway.catalog.OperationTable.Row;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInCatalogsTest {

  private static final Map<String, Catalog> COMPILED = new ConcurrentHashMap<>();

  @ParameterizedTest(name = "{0}, prefix \"{1}\": {2}")
  @MethodSource("rows")
  void everyRowOfTheTablesIsWhatItSays(String name, String prefix, Row row) {
    Catalog catalog = catalog(name, prefix);

    Match match = catalog.match(row.method(), OperationTable.segments(row.path()));

    assertThat(kindOf(match)).isEqualTo(row.kind());
  }

  @ParameterizedTest(name = "{0}, prefix \"{1}\": {2}")
  @MethodSource("rowsOfGet")
  void headIsWhatGetIs(String name, String prefix, Row row) {
    Catalog catalog = catalog(name, prefix);
    List<String> segments = OperationTable.segments(row.path());

    assertThat(catalog.match("HEAD", segments)).isEqualTo(catalog.match("GET", segments));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mimir", "loki", "tempo", "prometheus", "otlp"})
  void methodsThatAreNotListedAreRefusedOnListedPaths(String name) {
    Catalog catalog = catalog(name, "/prometheus");

    for (Row row : OperationTable.rows(name, "/prometheus")) {
      for (String method : List.of("PATCH", "OPTIONS", "TRACE", "CONNECT", "get", "")) {
        assertThat(codeOf(catalog.match(method, OperationTable.segments(row.path()))))
            .as("%s %s", method, row.path())
            .isEqualTo(ErrorCode.OPERATION_REFUSED);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mimir", "loki", "tempo", "prometheus", "otlp"})
  void pathsThatAreNotListedAreUnknown(String name) {
    Catalog catalog = catalog(name, "/prometheus");

    for (String path :
        List.of(
            "/api/v1/unlisted",
            "/api/v1/query/",
            "/api/v1",
            "/API/V1/query",
            "/api/v1/label//values",
            "/api/v1/push/more",
            "/loki/api/v1/query/more",
            "/api/v2/query")) {
      assertThat(codeOf(catalog.match("GET", OperationTable.segments(path))))
          .as(path)
          .isEqualTo(ErrorCode.OPERATION_UNKNOWN);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mimir", "loki", "tempo", "prometheus", "otlp", "any"})
  void theTablesReachEveryRuleOfTheCatalogs(String name) {
    List<Row> rows = OperationTable.rows(name, PathPattern.PREFIX);
    Set<String> missed = new LinkedHashSet<>();

    for (CatalogDefinition.Rule rule : Catalogs.builtIn(name).orElseThrow().rules()) {
      for (String method : rule.methods()) {
        if (rows.stream().noneMatch(row -> isExample(row, rule, method))) {
          missed.add(method + " " + rule.pattern().shape());
        }
      }
    }

    assertThat(missed).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mimir", "loki", "tempo", "prometheus", "otlp", "any"})
  void everyCatalogSaysForWhichVersionItIsAndWhereThatIsDocumented(String name) {
    CatalogDefinition definition = Catalogs.builtIn(name).orElseThrow();

    assertThat(definition.name()).isEqualTo(name);
    assertThat(definition.writtenFor()).isNotBlank();
    assertThat(definition.sources()).isNotEmpty().allMatch(url -> url.startsWith("https://"));
  }

  @Test
  void onlyPrometheusIgnoresTheTenantHeader() {
    assertThat(Catalogs.names().stream().filter(name -> catalog(name, "").ignoresTenantHeader()))
        .containsExactly("prometheus");
  }

  @Test
  void aCatalogOfAnotherNameIsNotBuiltIn() {
    assertThat(Catalogs.builtIn("../catalogs/any")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/query, /prometheus",
    "POST, /api/v1/query_range, /prometheus",
    "GET, /api/v1/label/job/values, /prometheus",
    "POST, /api/v1/read, /prometheus",
    "GET, /api/v1/cardinality/label_names, /prometheus",
    "GET, /prometheus/api/v1/query, ''",
    "GET, /api/v1/rules, ''",
    "GET, /api/v1/rules/team, ''",
    "POST, /api/v1/rules/team, ''",
    "GET, /api/v1/alerts, ''",
    "GET, /api/v1/status/buildinfo, ''",
    "POST, /api/v1/push, ''",
    "GET, /api/v1/user_stats, ''",
  })
  void onlyBareQueryPathsGainThePrefix(String method, String path, String added) {
    Match match = catalog("mimir", "/prometheus").match(method, OperationTable.segments(path));

    assertThat(match)
        .isInstanceOfSatisfying(Operation.class, o -> assertThat(o.addedPrefix()).isEqualTo(added));
  }

  @Test
  void withAnEmptyPrefixAlertsAndRulesKeepTheirNativeMeaning() {
    Catalog catalog = catalog("mimir", "");

    assertThat(kindOf(catalog.match("GET", List.of("api", "v1", "alerts"))))
        .isEqualTo("alertconfig");
    assertThat(kindOf(catalog.match("POST", List.of("api", "v1", "rules", "team"))))
        .isEqualTo("rules");
    assertThat(catalog.match("GET", List.of("api", "v1", "labels")))
        .isInstanceOfSatisfying(Operation.class, o -> assertThat(o.addedPrefix()).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"GET, read", "DELETE, rules", "POST, rules"})
  void namesOfRuleNamespacesMayHoldEncodedSlashes(String method, String kind) {
    for (String path :
        List.of(
            "/prometheus/config/v1/rules/a%2Fb", "/api/v1/rules/a%2Fb", "/api/prom/rules/%2F")) {
      Match match = catalog("mimir", "/prometheus").match(method, OperationTable.segments(path));

      assertThat(kindOf(match)).as(path).isEqualTo(kind);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mimir, GET, /prometheus/api/v1/label/a%2Fb/values",
    "mimir, GET, /api%2Fv1/alerts",
    "mimir, POST, /api/v1/push%2Finflux/write",
    "mimir, GET, /ingester/a%2Fb",
    "loki, GET, /loki/api/v1/label/a%2Fb/values",
    "prometheus, GET, /api/v1/admin%2Ftsdb",
    "any, GET, /orders/a%2Fb",
  })
  void anEncodedSlashAnywhereElseIsRefusedAsAPath(String name, String method, String path) {
    Match match = catalog(name, "/prometheus").match(method, OperationTable.segments(path));

    assertThat(codeOf(match)).isEqualTo(ErrorCode.PATH_REFUSED);
  }

  @Test
  void liveTailAloneMayBecomeAWebSocketAndTakesOneTenant() {
    for (String path : List.of("/loki/api/v1/tail", "/api/prom/tail")) {
      assertThat(catalog("loki", "").match("GET", OperationTable.segments(path)))
          .isInstanceOfSatisfying(
              Operation.class,
              o -> {
                assertThat(o.webSocket()).isTrue();
                assertThat(o.federation()).isFalse();
              });
    }
    for (String name : Catalogs.names()) {
      assertThat(Catalogs.builtIn(name).orElseThrow().rules())
          .filteredOn(rule -> rule.traits().webSocket())
          .allMatch(rule -> rule.pattern().text().endsWith("/tail"));
    }
  }

  @ParameterizedTest
  @CsvSource({"zipkin, /api/v2/spans", "jaeger, /api/traces"})
  void otherTracesThanThoseOfOtlpAreRefusedUntilTheyAreSwitchedOn(String feature, String path) {
    CatalogDefinition tempo = Catalogs.builtIn("tempo").orElseThrow();
    List<String> segments = OperationTable.segments(path);

    assertThat(tempo.features()).containsExactly("jaeger", "zipkin");
    assertThat(kindOf(tempo.compile(PathPrefix.NONE).match("POST", segments))).isEqualTo("refused");
    assertThat(
            kindOf(
                tempo.compile(PathPrefix.NONE, Set.of(feature), o -> true).match("POST", segments)))
        .isEqualTo("write");
  }

  @ParameterizedTest
  @CsvSource({
    "mimir, /otlp/v1/metrics, true",
    "mimir, /api/v1/otlp/v1/metrics, true",
    "mimir, /api/v1/push, false",
    "loki, /otlp/v1/logs, true",
    "loki, /loki/api/v1/push, false",
    "tempo, /v1/traces, true",
    "tempo, /opentelemetry.proto.collector.trace.v1.TraceService/Export, true",
    "tempo, /api/v2/spans, false",
    "prometheus, /api/v1/otlp/v1/metrics, true",
    "prometheus, /api/v1/write, false",
    "otlp, /v1/logs, true",
    "otlp, /v1development/profiles, true",
    "any, /v1/logs, false",
  })
  void otlpIsKnownWhereverItIs(String name, String path, boolean otlp) {
    assertThat(catalog(name, "/prometheus").match("POST", OperationTable.segments(path)))
        .isInstanceOfSatisfying(Operation.class, o -> assertThat(o.otlp()).isEqualTo(otlp));
  }

  @Test
  void onlyMethodsOfServicesAreGrpc() {
    for (String name : Catalogs.names()) {
      assertThat(catalog(name, "").operations())
          .allMatch(o -> o.grpc() == o.name().matches("/[a-z0-9]+(\\.[A-Za-z0-9]+)+/[A-Za-z0-9]+"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mimir, POST, /api/v1/push, push",
    "mimir, GET, /prometheus/api/v1/query, query",
    "mimir, GET, /prometheus/api/v1/rules, ruler",
    "mimir, DELETE, /api/v1/rules/team, ruler",
    "mimir, GET, /api/v1/alerts, alertmanager",
    "mimir, GET, /api/v1/user_limits, ''",
    "loki, POST, /otlp/v1/logs, push",
    "loki, GET, /loki/api/v1/tail, tail query",
    "loki, GET, /prometheus/api/v1/alerts, ruler",
    "tempo, POST, /v1/traces, traces",
    "tempo, POST, /tempopb.StreamingQuerier/Search, streaming grpc",
    "otlp, POST, /v1/metrics, metrics",
    "otlp, POST, /opentelemetry.proto.collector.logs.v1.LogsService/Export, logs-grpc grpc",
  })
  void operationsBelongToGroupsTheNarrowestFirst(
      String name, String method, String path, String groups) {
    assertThat(catalog(name, "/prometheus").match(method, OperationTable.segments(path)))
        .isInstanceOfSatisfying(
            Operation.class, o -> assertThat(String.join(" ", o.groups())).isEqualTo(groups));
  }

  @Test
  void onlyReadingCanBeAskedOfSeveralTenants() {
    for (String name : Catalogs.names()) {
      assertThat(Catalogs.builtIn(name).orElseThrow().rules())
          .filteredOn(rule -> rule.traits().federation())
          .allMatch(rule -> rule.kind().orElseThrow() == OperationClass.READ)
          .noneMatch(rule -> rule.pattern().text().contains("/rules"))
          .noneMatch(rule -> rule.pattern().text().contains("/alert"));
    }
  }

  private static Stream<Arguments> rows() {
    return Stream.of(
            List.of("mimir", "/prometheus"),
            List.of("mimir", "/api/prom"),
            List.of("loki", ""),
            List.of("tempo", ""),
            List.of("prometheus", ""),
            List.of("otlp", ""),
            List.of("any", ""))
        .flatMap(
            c ->
                OperationTable.rows(c.get(0), c.get(1)).stream()
                    .map(row -> Arguments.of(c.get(0), c.get(1), row)));
  }

  private static Stream<Arguments> rowsOfGet() {
    return rows().filter(row -> ((Row) row.get()[2]).method().equals("GET"));
  }

  /** Whether a row is an example of a rule, read without the code that is tested. */
  private static boolean isExample(Row row, CatalogDefinition.Rule rule, String method) {
    StringBuilder pattern = new StringBuilder();
    for (String segment : rule.pattern().shape().replaceFirst("^/", "").split("/(?!})", -1)) {
      pattern.append(
          switch (segment) {
            case "**" -> "(/.*)?";
            case "{}", "{/}" -> "/[^/]+";
            default -> "/" + Pattern.quote(segment).replace("*\\E", "\\E[^/]*");
          });
    }
    boolean methodFits = method.equals(row.method()) || method.equals("*");
    String path = row.path().startsWith("/") ? row.path() : "/" + row.path();
    return methodFits && path.matches(pattern.toString());
  }

  private static Catalog catalog(String name, String prefix) {
    return COMPILED.computeIfAbsent(
        name + prefix,
        key -> {
          CatalogDefinition definition = Catalogs.builtIn(name).orElseThrow();
          return definition.compile(new PathPrefix(prefix), definition.features(), o -> true);
        });
  }

  private static String kindOf(Match match) {
    if (match instanceof Operation operation) {
      return operation.kind().access();
    }
    return codeOf(match) == ErrorCode.OPERATION_REFUSED ? "refused" : "unknown";
  }

  private static ErrorCode codeOf(Match match) {
    return ((Match.Refused) match).code();
  }
}
