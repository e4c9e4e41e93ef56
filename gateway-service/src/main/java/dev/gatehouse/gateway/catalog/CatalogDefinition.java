package dev.gatehouse.gateway.catalog;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A catalog as its author wrote it, before an api says where its backend serves the Prometheus API,
 * and what of it to offer.
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
   * @param feature what an api has to switch on before it offers the operation
   */
  record Rule(
      PathPattern pattern,
      Set<String> methods,
      Optional<OperationClass> kind,
      boolean alsoBare,
      List<String> groups,
      Optional<String> feature,
      Traits traits) {

    Rule {
      methods = Set.copyOf(methods);
      groups = List.copyOf(groups);
    }
  }

  /** What an api may switch on. */
  public Set<String> features() {
    Set<String> features = new TreeSet<>();
    rules.forEach(rule -> rule.feature().ifPresent(features::add));
    return features;
  }

  /** The path groups that an api may have upstreams of their own for. */
  public Set<String> groups() {
    Set<String> groups = new TreeSet<>();
    rules.forEach(rule -> groups.addAll(rule.groups()));
    return groups;
  }

  /** Whether any operation can be asked of several tenants at once. */
  public boolean federates() {
    return rules.stream().anyMatch(rule -> rule.traits().federation());
  }

  /** Makes the catalog of an api that has switched nothing on and reaches everything. */
  public Catalog compile(PathPrefix prefix) {
    return compile(prefix, Set.of(), operation -> true);
  }

  /**
   * Makes the catalog of an api. Where a prefix, above all an empty one, makes two paths equal, the
   * one written without a prefix keeps its meaning: it is the stricter one in the built-in catalogs
   * (design §5.1: {@code /api/v1/alerts} and {@code /api/v1/rules} keep their native meaning).
   *
   * @param features what is switched on
   * @param reached whether the api has a backend for the operation; without one it is refused
   */
  public Catalog compile(PathPrefix prefix, Set<String> features, Predicate<Operation> reached) {
    Compilation compilation = new Compilation(features, reached);
    for (Rule rule : rules) {
      if (rule.pattern().underPrefix()) {
        compilation.offer(rule, Methods.Origin.PREFIXED, prefix.value(), "");
        if (rule.alsoBare()) {
          compilation.offer(rule, Methods.Origin.BARE, "", prefix.value());
        }
      } else {
        compilation.offer(rule, Methods.Origin.NATIVE, "", "");
      }
    }
    return new Catalog(name, ignoresTenantHeader, compilation.tree, compilation.operations);
  }

  /** A catalog that is being made for one api. */
  private static final class Compilation {

    private final Set<String> features;
    private final Predicate<Operation> reached;
    private final PathTree tree = new PathTree();
    private final Set<Operation> operations = new LinkedHashSet<>();

    Compilation(Set<String> features, Predicate<Operation> reached) {
      this.features = features;
      this.reached = reached;
    }

    void offer(Rule rule, Methods.Origin origin, String prefix, String addedPrefix) {
      Methods methods = tree.methodsOf(rule.pattern(), prefix);
      Match meaning = meaning(rule, addedPrefix);
      if (meaning instanceof Operation operation) {
        operations.add(operation);
      }
      for (String method : rule.methods()) {
        methods.add(origin, method, meaning);
      }
    }

    private Match meaning(Rule rule, String addedPrefix) {
      if (rule.kind().isEmpty()
          || (rule.feature().isPresent() && !features.contains(rule.feature().get()))) {
        return Catalog.REFUSED;
      }
      Operation operation =
          new Operation(
              rule.pattern().text(), rule.kind().get(), rule.groups(), rule.traits(), addedPrefix);
      return reached.test(operation) ? operation : Catalog.REFUSED;
    }
  }
}
