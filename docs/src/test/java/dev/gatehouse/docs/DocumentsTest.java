package dev.gatehouse.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What documents name is there. */
class DocumentsTest {

  /** Attributes of spans begin like keys. */
  private static final Pattern ATTRIBUTE = Pattern.compile("\"(gatehouse\\.[a-z_]+)\"");

  static Stream<Document> documents() {
    return Repository.documents().stream().map(Document::of);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyLinkLeadsSomewhere(Document document) {
    for (String link : document.links()) {
      Path target = document.target(link);
      assertThat(target).as(link).exists();
      if (link.contains("#") && target.toString().endsWith(".md")) {
        assertThat(Document.of(target).anchors()).contains(link.substring(link.indexOf('#') + 1));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyFileThatIsNamedIsThere(Document document) {
    assertThat(document.places())
        .filteredOn(place -> !place.contains("/target/"))
        .allSatisfy(place -> assertThat(Repository.ROOT.resolve(place)).exists());
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyKeyThatIsNamedIsInTheReference(Document document) {
    Names names = names();

    assertThat(document.keys()).allSatisfy(key -> assertThat(names.knows(key)).as(key).isTrue());
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyCodeOfARefusalIsExplained(Document document) {
    String errors = Repository.read(Repository.ROOT.resolve("docs/errors.md"));

    assertThat(document.refusals())
        .allSatisfy(code -> assertThat(errors).contains("| `" + code + "`"));
  }

  @Test
  void namesAreFoundInSentencesAndInExamples() {
    Document document =
        new Document(
            Repository.ROOT.resolve("docs/x.md"),
            """
            # What `gatehouse.a` is: *this*
            `gatehouse.limits.default.*`, 403 `not_allowed`, `docs/errors.md`, [x](y.md#z-1),
            [web](https://gatehouse.dev/a), `dev.gatehouse.x`, `/var/lib/gatehouse.d`
            ```properties
            gatehouse.apis.loki.upstream=http://gatehouse.b
            [no](link.md)
            ```
            """);

    assertThat(document.anchors()).containsExactly("what-gatehousea-is-this");
    assertThat(document.links()).containsExactly("y.md#z-1");
    assertThat(document.target("y.md#z-1")).isEqualTo(Repository.ROOT.resolve("docs/y.md"));
    assertThat(document.places()).containsExactly("docs/errors.md");
    assertThat(document.refusals()).containsExactly("not_allowed");
    assertThat(document.keys())
        .containsExactly(
            "gatehouse.a", "gatehouse.limits.default.*", "gatehouse.apis.loki.upstream");
  }

  @Test
  void aKeyIsKnownByItsNameByWhatStandsForItOrByItsBeginning() {
    Names names = new Names(List.of("gatehouse.apis.<name>.upstreams.<group>", "gatehouse.domain"));

    assertThat(names.knows("gatehouse.domain")).isTrue();
    assertThat(names.knows("gatehouse.apis.loki.upstreams.push")).isTrue();
    assertThat(names.knows("gatehouse.apis.<name>")).isTrue();
    assertThat(names.knows("gatehouse.apis.*")).isTrue();
    assertThat(names.knows("gatehouse.apis.loki.upstreams")).isTrue();
    assertThat(names.knows("gatehouse.domains")).isFalse();
    assertThat(names.knows("gatehouse.apis.loki.upstream")).isFalse();
    assertThat(names.knows("gatehouse.api.*")).isFalse();
  }

  private static Names names() {
    TreeSet<String> known =
        new TreeSet<>(new Reference(Repository.read(Repository.CONFIGURATION)).rows());
    for (Path file : Sources.below(Repository.ROOT.resolve("gateway-service/src/main/java"))) {
      ATTRIBUTE.matcher(Repository.read(file)).results().forEach(it -> known.add(it.group(1)));
    }
    return new Names(List.copyOf(known));
  }
}
