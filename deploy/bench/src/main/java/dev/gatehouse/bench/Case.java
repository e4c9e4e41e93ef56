package dev.gatehouse.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What can be measured. */
enum Case {
  LISTS {
    @Override
    List<Row> measure(Instance instance, int objects) throws Exception {
      return new ListPages(instance, objects).run();
    }
  },
  SNAPSHOT {
    @Override
    List<Row> measure(Instance instance, int objects) throws Exception {
      return new SnapshotStream(instance).run();
    }
  },
  WATCHERS {
    @Override
    List<Row> measure(Instance instance, int objects) throws Exception {
      return new WatcherDelivery(instance).run();
    }
  },
  RECEIPTS {
    @Override
    List<Row> measure(Instance instance, int objects) throws Exception {
      return new Propagation(instance).run();
    }
  };

  abstract List<Row> measure(Instance instance, int objects) throws Exception;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Case named(String label) {
    return Arrays.stream(values())
        .filter(each -> each.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no case '"
                        + label
                        + "'; there are "
                        + Arrays.stream(values()).map(Case::label).collect(Collectors.joining(", "))
                        + "."));
  }
}
