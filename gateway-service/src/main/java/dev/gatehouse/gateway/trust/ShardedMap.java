package dev.gatehouse.gateway.trust;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable hash map for many entries of which few change at a time: {@value #SHARDS} small
 * open-addressed tables, of which an edit copies only those that it touches. At 100,000 entries one
 * change copies about 4 KiB.
 */
final class ShardedMap<K, V> {

  private static final int SHARD_BITS = 9;
  private static final int SHARDS = 1 << SHARD_BITS;
  private static final int SPREAD = 0x9E3779B9;
  private static final Shard NONE = new Shard(new Object[2], 0);
  private static final ShardedMap<?, ?> EMPTY = new ShardedMap<>(emptyShards(), 0);

  private final Shard[] shards;
  private final int size;

  private ShardedMap(Shard[] shards, int size) {
    this.shards = shards;
    this.size = size;
  }

  @SuppressWarnings("unchecked") // Nothing is in it.
  static <K, V> ShardedMap<K, V> empty() {
    return (ShardedMap<K, V>) EMPTY;
  }

  @SuppressWarnings("unchecked") // Only a V is ever put beside a key.
  @Nullable V get(K key) {
    int hash = spread(key);
    return (V) shards[hash >>> (Integer.SIZE - SHARD_BITS)].get(key, hash);
  }

  int size() {
    return size;
  }

  /** In no particular order. */
  @SuppressWarnings("unchecked") // Only a V is ever put beside a key.
  void forEachValue(Consumer<? super V> action) {
    for (Shard shard : shards) {
      for (int i = 1; i < shard.table.length; i += 2) {
        Object value = shard.table[i];
        if (value != null) {
          action.accept((V) value);
        }
      }
    }
  }

  Draft<K, V> edit() {
    return new Draft<>(this);
  }

  private static int spread(Object key) {
    return key.hashCode() * SPREAD;
  }

  private static Shard[] emptyShards() {
    Shard[] shards = new Shard[SHARDS];
    Arrays.fill(shards, NONE);
    return shards;
  }

  /** Changes on the way to the next map. For one thread. */
  static final class Draft<K, V> {
    private final Shard[] base;
    private final Shard[] shards;
    private int size;

    private Draft(ShardedMap<K, V> map) {
      base = map.shards;
      shards = map.shards.clone();
      size = map.size;
    }

    @SuppressWarnings("unchecked") // Only a V is ever put beside a key.
    @Nullable V get(K key) {
      int hash = spread(key);
      return (V) shards[hash >>> (Integer.SIZE - SHARD_BITS)].get(key, hash);
    }

    /** What was there before. */
    @SuppressWarnings("unchecked") // Only a V is ever put beside a key.
    @Nullable V put(K key, V value) {
      int hash = spread(key);
      Object before = own(hash).put(key, value, hash);
      if (before == null) {
        size++;
      }
      return (V) before;
    }

    /** What was there before. */
    @SuppressWarnings("unchecked") // Only a V is ever put beside a key.
    @Nullable V remove(K key) {
      if (get(key) == null) {
        return null;
      }
      int hash = spread(key);
      size--;
      return (V) own(hash).remove(key, hash);
    }

    /** The draft must not be used afterwards. */
    ShardedMap<K, V> done() {
      return new ShardedMap<>(shards, size);
    }

    private Shard own(int hash) {
      int index = hash >>> (Integer.SIZE - SHARD_BITS);
      if (shards[index] == base[index]) {
        shards[index] = shards[index].copy();
      }
      return shards[index];
    }
  }

  /** Keys at even places, each followed by its value; at most half full; linear probing. */
  private static final class Shard {
    private @Nullable Object[] table;
    private int count;

    Shard(@Nullable Object[] table, int count) {
      this.table = table;
      this.count = count;
    }

    Shard copy() {
      return new Shard(table.clone(), count);
    }

    @Nullable Object get(Object key, int hash) {
      return table[find(key, hash) + 1];
    }

    @Nullable Object put(Object key, Object value, int hash) {
      int at = find(key, hash);
      if (table[at] == null) {
        if ((count + 1) * 4 > table.length) {
          grow();
          at = find(key, hash);
        }
        table[at] = key;
        count++;
      }
      Object before = table[at + 1];
      table[at + 1] = value;
      return before;
    }

    /** Closes the gap, so that probing needs no markers for what is gone. */
    @Nullable Object remove(Object key, int hash) {
      int gap = find(key, hash);
      Object before = table[gap + 1];
      count--;
      int next = gap;
      while (true) {
        next = next(next);
        Object candidate = table[next];
        if (candidate == null) {
          table[gap] = null;
          table[gap + 1] = null;
          return before;
        }
        if (distance(home(spread(candidate)), next) >= distance(gap, next)) {
          table[gap] = candidate;
          table[gap + 1] = table[next + 1];
          gap = next;
        }
      }
    }

    /** Where the key is, or the free place for it. */
    private int find(Object key, int hash) {
      int at = home(hash);
      for (Object there = table[at]; there != null && !there.equals(key); there = table[at]) {
        at = next(at);
      }
      return at;
    }

    private void grow() {
      @Nullable Object[] old = table;
      table = new Object[Math.max(8, old.length * 2)];
      for (int i = 0; i < old.length; i += 2) {
        Object key = old[i];
        if (key != null) {
          int at = find(key, spread(key));
          table[at] = key;
          table[at + 1] = old[i + 1];
        }
      }
    }

    private int home(int hash) {
      return (hash << 1) & (table.length - 1);
    }

    private int next(int at) {
      return (at + 2) & (table.length - 1);
    }

    private int distance(int from, int to) {
      return (to - from) & (table.length - 1);
    }
  }
}
