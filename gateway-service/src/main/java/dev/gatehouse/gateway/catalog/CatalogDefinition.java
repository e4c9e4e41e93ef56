package dev.gatehouse.gateway.catalog;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A catalog as its author wrote it, before an api says where its backend serves the Prometheus API.
 *
 * @param writtenFor the backend and the version whose operations these are
 * @param sources where that version documents them
 */
public record CatalogDefinition(
    String name,
    String writtenFor,
    List<String> sources,
    boolean ignoresTenantHeader,
    List<Rule> rules) {

  public CatalogDefinition {
    sources = List.copyOf(sources);
    rules = List.copyOf(rules);
  }

  /**
   * One path with what its methods mean.
   *
   * @param kind empty where the operation is known and refused
   * @param alsoBare whether clients may leave the prefix out
   */
  record Rule(
      PathPattern pattern,
      Set<String> methods,
      Optional<OperationClass> kind,
      boolean alsoBare,
      boolean webSocket,
      boolean federation) {

    Rule {
      methods = Set.copyOf(methods);
    }

    Match meaning(String addedPrefix) {
      return kind.isPresent()
          ? new Operation(pattern.text(), kind.get(), webSocket, federation, addedPrefix)
          : Catalog.REFUSED;
    }
  }

  /**
   * Makes the catalog of an api. Where a prefix, above all an empty one, makes two paths equal, the
   * one written without a prefix keeps its meaning: it is the stricter one in the built-in catalogs
   * (design §5.1: {@code /api/v1/alerts} and {@code /api/v1/rules} keep their native meaning).
   */
  public Catalog compile(PathPrefix prefix) {
    PathTree tree = new PathTree();
    for (Rule rule : rules) {
      if (rule.pattern().underPrefix()) {
        offer(tree, rule, Methods.Origin.PREFIXED, prefix.value(), "");
        if (rule.alsoBare()) {
          offer(tree, rule, Methods.Origin.BARE, "", prefix.value());
        }
      } else {
        offer(tree, rule, Methods.Origin.NATIVE, "", "");
      }
    }
    return new Catalog(name, ignoresTenantHeader, tree);
  }

  private static void offer(
      PathTree tree, Rule rule, Methods.Origin origin, String prefix, String addedPrefix) {
    Methods methods = tree.methodsOf(rule.pattern(), prefix);
    Match meaning = rule.meaning(addedPrefix);
    for (String method : rule.methods()) {
      methods.add(origin, method, meaning);
    }
  }
}
