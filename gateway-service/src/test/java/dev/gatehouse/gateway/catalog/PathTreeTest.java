package dev.gatehouse.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTreeTest {

  private static final String TREE =
      """
      catalog: test
      written-for: tests
      sources: [none]
      operations:
        - {class: write, methods: ["*"], paths: [/files/**]}
        - {class: read, methods: [GET], paths: ["/files/{name}/size", "/files/report/{part}", /files/rep*]}
        - {class: rules, methods: [GET], paths: [/files/report, /files/reports*]}
        - {class: alerts, methods: [GET], paths: ["/names/{name:encoded-slash}", "/names/{a}/b"]}
        - {class: refused, paths: [/files/secret/**]}
        - {class: read, methods: [GET], paths: [/folder/]}
      """;

  private final Catalog catalog = CatalogReader.read("test.yaml", TREE).compile(PathPrefix.NONE);

  @ParameterizedTest
  @CsvSource({
    "/files, write",
    "/files/, write",
    "/files/a/b/c, write",
    "/files/report, rules",
    "/files/reports-2, rules",
    "/files/repair, read",
    "/files/report/size, read",
    "/files/report/other, read",
    "/files/x/size, read",
    "/files/x/other, write",
    "/files/report/other/more, write",
    "/files/secret, refused",
    "/files/secret/size, refused",
    "/names/a, alerts",
    "/names/a%2Fb, alerts",
    "/names/a/b, alerts",
    "/names/a%2Fb/b, path_refused",
    "/names/, operation_unknown",
    "/folder/, read",
    "/folder, operation_unknown",
    "/, operation_unknown",
  })
  void theMostSpecificPatternDecides(String path, String expected) {
    Match match = catalog.match("GET", OperationTable.segments(path));

    assertThat(text(match)).isEqualTo(expected);
  }

  @Test
  void aMoreSpecificPathIsNotOpenedByABroaderOneForOtherMethods() {
    assertThat(text(catalog.match("POST", List.of("files", "other")))).isEqualTo("write");
    assertThat(text(catalog.match("POST", List.of("files", "report")))).isEqualTo("refused");
  }

  @Test
  void headFollowsGetUnlessItIsNamed() {
    Catalog named =
        CatalogReader.read(
                "test.yaml",
                """
                catalog: test
                written-for: tests
                sources: [none]
                operations:
                  - {class: write, methods: ["*"], paths: [/a, /b]}
                  - {class: read, methods: [GET], paths: [/a, /b]}
                  - {class: refused, methods: [HEAD], paths: [/b]}
                """)
            .compile(PathPrefix.NONE);

    assertThat(text(named.match("HEAD", List.of("a")))).isEqualTo("read");
    assertThat(text(named.match("HEAD", List.of("b")))).isEqualTo("refused");
    assertThat(text(named.match("PUT", List.of("b")))).isEqualTo("write");
  }

  private static String text(Match match) {
    if (match instanceof Operation operation) {
      return operation.kind().access();
    }
    String code = ((Match.Refused) match).code().code();
    return code.equals("operation_refused") ? "refused" : code;
  }
}
