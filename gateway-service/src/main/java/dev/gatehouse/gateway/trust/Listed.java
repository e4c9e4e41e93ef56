package dev.gatehouse.gateway.trust;

import java.util.ArrayList;
import java.util.List;

/** Several values under one key, as immutable lists. */
final class Listed {

  private Listed() {}

  static <K, V> void add(ShardedMap.Draft<K, List<V>> map, K key, V value) {
    List<V> before = map.get(key);
    if (before == null) {
      map.put(key, List.of(value));
      return;
    }
    List<V> after = new ArrayList<>(before);
    after.add(value);
    map.put(key, List.copyOf(after));
  }

  static <K, V> void remove(ShardedMap.Draft<K, List<V>> map, K key, V value) {
    List<V> before = map.get(key);
    if (before == null) {
      return;
    }
    List<V> after = before.stream().filter(one -> one != value).toList();
    if (after.isEmpty()) {
      map.remove(key);
    } else {
      map.put(key, after);
    }
  }
}
