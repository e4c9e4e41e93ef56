package dev.gatehouse.gateway.routing;

import dev.gatehouse.gateway.catalog.Operation;
import dev.gatehouse.gateway.catalog.OperationClass;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The backends of one api. The most specific one takes an operation: that of its narrowest group
 * which has one, that of its class, the one for all.
 */
public final class Backends {

  private final @Nullable Backend overall;
  private final Map<OperationClass, Backend> byClass;
  private final Map<String, Backend> byGroup;

  Backends(
      Optional<Backend> overall,
      Map<OperationClass, Backend> byClass,
      Map<String, Backend> byGroup) {
    this.overall = overall.orElse(null);
    this.byClass = new EnumMap<>(OperationClass.class);
    this.byClass.putAll(byClass);
    this.byGroup = Map.copyOf(byGroup);
  }

  /** One for all. */
  public static Backends all(Backend backend) {
    return new Backends(Optional.of(backend), Map.of(), Map.of());
  }

  /** The one that takes the operation; null: none. */
  @Nullable Backend find(Operation operation) {
    if (!byGroup.isEmpty()) {
      List<String> groups = operation.groups();
      for (int i = 0; i < groups.size(); i++) {
        Backend ofGroup = byGroup.get(groups.get(i));
        if (ofGroup != null) {
          return ofGroup;
        }
      }
    }
    Backend ofClass = byClass.get(operation.kind());
    return ofClass != null ? ofClass : overall;
  }

  Optional<Backend> overall() {
    return Optional.ofNullable(overall);
  }

  List<Backend> list() {
    List<Backend> list = new ArrayList<>();
    if (overall != null) {
      list.add(overall);
    }
    list.addAll(byClass.values());
    list.addAll(byGroup.values());
    return list;
  }
}
