package dev.gatehouse.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogReaderTest {

  private static final String HEAD =
      """
      catalog: own
      written-for: Own 1.0
      sources: [https://own.example/api]
      operations:
      """;

  @Test
  void aCatalogThatUsersWriteIsReadLikeTheBuiltInOnes() {
    CatalogDefinition definition =
        CatalogReader.read(
            "own.yaml", HEAD + "  - {class: read, methods: [GET], paths: [\"/things/{id}\"]}\n");

    assertThat(definition.name()).isEqualTo("own");
    assertThat(definition.writtenFor()).isEqualTo("Own 1.0");
    assertThat(definition.rules()).hasSize(1);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("mistakes")
  void aMistakeIsToldWithFileLineAndRemedy(String text, String message) {
    assertThatThrownBy(() -> CatalogReader.read("own.yaml", text))
        .isInstanceOf(InvalidCatalog.class)
        .hasMessage("own.yaml:" + message);
  }

  private static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("", "1: the file is empty; start it with 'catalog: <name>'"),
        Arguments.of(
            "catalog: own\n  bad: [",
            "2: this is not YAML: mapping values are not allowed here; indent as the built-in"
                + " catalogs do, and quote a path within [ ] that holds {, } or a comma"),
        Arguments.of(
            "- a",
            "1: keys and values are expected here; known keys are catalog, written-for, sources,"
                + " tenant-header, operations"),
        Arguments.of(
            "catalog: own\nwriten-for: Own 1.0",
            "2: the key 'writen-for' is unknown; known are catalog, written-for, sources,"
                + " tenant-header, operations"),
        Arguments.of("catalog: own\ncatalog: own", "2: the key 'catalog' is given twice; keep one"),
        Arguments.of("catalog: own", "1: the key 'operations' is missing; add it"),
        Arguments.of(HEAD, "4: operations is no list; write it like [one, other]"),
        Arguments.of(HEAD + "  []", "5: operations is an empty list; fill it or take it away"),
        Arguments.of(
            HEAD + "  - {class: red, methods: [GET], paths: [/a]}",
            "5: the class 'red' is unknown; use read, write, rules, alerts, alertconfig or refused"),
        Arguments.of(
            HEAD + "  - {class: read, paths: [/a]}", "5: the key 'methods' is missing; add it"),
        Arguments.of(
            HEAD + "  - {class: read, methods: [GET]}", "5: the key 'paths' is missing; add it"),
        Arguments.of(
            HEAD + "  - class: read\n    methods: [get]\n    paths: [/a]",
            "6: the method 'get' is not in capitals; write it like GET, or '*' for every other"
                + " method"),
        Arguments.of(
            HEAD + "  - {class: read, methods: [GET, GET], paths: [/a]}",
            "5: the method GET is given twice; keep one"),
        Arguments.of(
            HEAD + "  - {class: read, methods: [GET], paths: [a]}",
            "5: the path 'a' does not start with /; write it like /api/v1/query"),
        Arguments.of(
            HEAD + "  - {class: read, methods: [GET], paths: [/a//b]}",
            "5: '/a//b' holds //, which no request may; write a single /"),
        Arguments.of(
            HEAD + "  - {class: read, methods: [GET], paths: [/**/b]}",
            "5: in '/**/b', /** is not at the end; move it there"),
        Arguments.of(
            HEAD + "  - {class: read, methods: [GET], paths: [\"/{A}\"]}",
            "5: in '/{A}', {A} is no variable; write {name} or {name:encoded-slash} with a name of"
                + " a-z, 0-9 and -"),
        Arguments.of(
            HEAD + "  - {class: read, methods: [GET], paths: [\"/x{a}\"]}",
            "5: in '/x{a}', 'x{a}' holds '{'; a segment is 0-9, A-Z, a-z and -._~:@, or a whole"
                + " {variable}, and may end in one *"),
        Arguments.of(
            HEAD + "  - {class: read, methods: [GET], paths: [/a%20b]}",
            "5: in '/a%20b', 'a%20b' holds '%'; a segment is 0-9, A-Z, a-z and -._~:@, or a whole"
                + " {variable}, and may end in one *"),
        Arguments.of(
            HEAD + "  - {class: read, methods: [GET], paths: [/a/../b]}",
            "5: in '/a/../b', the segment .. can never match; leave it out"),
        Arguments.of(
            HEAD
                + "  - {class: read, methods: [GET], paths: [\"/a/{x}\"]}\n"
                + "  - {class: write, methods: [GET], paths: [\"/a/{y}\"]}",
            "6: method GET of this path is given in line 5 too; keep one"),
        Arguments.of(
            HEAD + "  - {class: read, methods: [GET], also-bare: true, paths: [/a]}",
            "5: also-bare is for paths that start with $prometheus-prefix; take it away, or move"
                + " this path to operations of their own"),
        Arguments.of(
            HEAD + "  - {class: read, methods: [GET], websocket: maybe, paths: [/a]}",
            "5: websocket is 'maybe'; write true or false"),
        Arguments.of(
            HEAD + "  - {class: read, methods: [GET], paths: [{a: b}]}",
            "5: paths has no text here; write one word or quote it"),
        Arguments.of(
            HEAD + "  - {class: read, methods: [GET], group: write, paths: [/a]}",
            "5: the group 'write' is the name of a class; take another"),
        Arguments.of(
            HEAD + "  - {class: read, methods: [GET], group: [a, B], paths: [/a]}",
            "5: group is 'B'; write one word of a-z, 0-9 and -"),
        Arguments.of(
            HEAD + "  - {class: read, methods: [GET], group: [], paths: [/a]}",
            "5: group is an empty list; fill it or take it away"),
        Arguments.of(
            HEAD + "  - {class: read, methods: [GET], feature: \"a,b\", paths: [/a]}",
            "5: feature is 'a,b'; write one word of a-z, 0-9 and -"),
        Arguments.of(
            HEAD + "  - {class: write, methods: [POST], otlp: yes, paths: [/a]}",
            "5: otlp is 'yes'; write true or false"),
        Arguments.of(
            HEAD + "  - {class: write, methods: [POST], federation: true, paths: [/a]}",
            "5: federation is for class read without websocket, as everything else takes one"
                + " tenant; take it away"),
        Arguments.of(
            HEAD + "  - {class: refused, federation: true, paths: [/a]}",
            "5: federation is for class read without websocket, as everything else takes one"
                + " tenant; take it away"),
        Arguments.of(
            HEAD
                + "  - {class: read, methods: [GET], federation: true, websocket: true, paths:"
                + " [/a]}",
            "5: federation is for class read without websocket, as everything else takes one"
                + " tenant; take it away"),
        Arguments.of(
            HEAD + "  - {class: read, methods: [GET, POST], websocket: true, paths: [/a]}",
            "5: websocket is for methods [GET] (RFC 6455); make that the only method"),
        Arguments.of(
            HEAD + "  - {class: read, methods: [GET], grpc: true, paths: [/a.B/C]}",
            "5: grpc is for methods [POST]; make that the only method"),
        Arguments.of(
            HEAD + "  - &a {class: read, methods: [GET], paths: [/a]}\n  - *b",
            "6: this is not YAML: found undefined alias b; indent as the built-in catalogs do, and"
                + " quote a path within [ ] that holds {, } or a comma"),
        Arguments.of(
            HEAD + "  - {class: read, methods: [GET], paths: [/a]}\n--- \ncatalog: other",
            "6: this is not YAML: but found another document; indent as the built-in catalogs do,"
                + " and quote a path within [ ] that holds {, } or a comma"),
        Arguments.of(
            "tenant-header: none\n" + HEAD + "  - {class: read, methods: [GET], paths: [/a]}",
            "1: tenant-header is 'none'; write read, or ignored where all share the data"));
  }
}
