package dev.gatehouse.gateway.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardedMapTest {

  /** Ranges from hardly any repeated key to hardly any new one, so that shards grow and shrink. */
  @ParameterizedTest
  @ValueSource(ints = {3, 50, 2_000, 200_000})
  void holdsWhatAHashMapHolds(int range) {
    Random random = new Random(range);
    ShardedMap<String, Integer> map = ShardedMap.empty();
    Map<String, Integer> expected = new HashMap<>();

    for (int round = 0; round < 100; round++) {
      ShardedMap.Draft<String, Integer> draft = map.edit();
      for (int i = 0; i < 200; i++) {
        String key = "key" + random.nextInt(range);
        if (random.nextInt(3) == 0) {
          assertThat(draft.remove(key)).isEqualTo(expected.remove(key));
        } else {
          assertThat(draft.put(key, i)).isEqualTo(expected.put(key, i));
        }
        assertThat(draft.get(key)).isEqualTo(expected.get(key));
      }
      map = draft.done();
      assertSame(map, expected, range);
    }
  }

  @Test
  void anEditLeavesTheMapBeforeItAsItWas() {
    ShardedMap<String, Integer> before = mapOf("a", "b", "c");

    ShardedMap.Draft<String, Integer> draft = before.edit();
    draft.put("a", 99);
    draft.remove("b");
    draft.put("d", 100);
    ShardedMap<String, Integer> after = draft.done();

    assertThat(before.size()).isEqualTo(3);
    assertThat(before.get("a")).isEqualTo(0);
    assertThat(before.get("b")).isEqualTo(1);
    assertThat(before.get("d")).isNull();
    assertThat(after.size()).isEqualTo(3);
    assertThat(after.get("a")).isEqualTo(99);
    assertThat(after.get("b")).isNull();
    assertThat(after.get("c")).isEqualTo(2);
  }

  @Test
  void keysWithTheSameHashAreToldApartAlsoAfterARemoval() {
    ShardedMap.Draft<Clash, Integer> draft = ShardedMap.<Clash, Integer>empty().edit();
    for (int i = 0; i < 20; i++) {
      draft.put(new Clash(i), i);
    }
    for (int i = 0; i < 20; i += 3) {
      assertThat(draft.remove(new Clash(i))).isEqualTo(i);
    }

    ShardedMap<Clash, Integer> map = draft.done();

    for (int i = 0; i < 20; i++) {
      assertThat(map.get(new Clash(i))).isEqualTo(i % 3 == 0 ? null : i);
    }
  }

  @Test
  void removingWhatIsNotThereChangesNothing() {
    ShardedMap.Draft<String, Integer> draft = mapOf("a").edit();

    assertThat(draft.remove("b")).isNull();
    assertThat(draft.done().size()).isEqualTo(1);
  }

  private record Clash(int number) {
    @Override
    public int hashCode() {
      return 42;
    }
  }

  private static ShardedMap<String, Integer> mapOf(String... keys) {
    ShardedMap.Draft<String, Integer> draft = ShardedMap.<String, Integer>empty().edit();
    for (int i = 0; i < keys.length; i++) {
      draft.put(keys[i], i);
    }
    return draft.done();
  }

  private static void assertSame(
      ShardedMap<String, Integer> map, Map<String, Integer> expected, int range) {
    assertThat(map.size()).isEqualTo(expected.size());
    for (int i = 0; i < Math.min(range, 500); i++) {
      assertThat(map.get("key" + i)).isEqualTo(expected.get("key" + i));
    }
  }
}
