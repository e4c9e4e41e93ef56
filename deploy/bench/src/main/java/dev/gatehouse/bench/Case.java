package dev.gatehouse.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What can be measured. First what needs an instance with next to nothing in it, then what needs
 * more and more objects.
 */
enum Case {
  PEERS(Program.HAPROXY, Program.NGINX, Program.WRK) {
    @Override
    List<Row> measure(Setting setting) throws Exception {
      return new PeerCost(setting).run();
    }
  },
  FRESH(Program.HAPROXY, Program.NGINX, Program.WRK) {
    @Override
    List<Row> measure(Setting setting) throws Exception {
      return new FreshTokens(setting).run();
    }
  },
  BODIES(Program.HAPROXY, Program.NGINX, Program.WRK) {
    @Override
    List<Row> measure(Setting setting) throws Exception {
      return new Bodies(setting).run();
    }
  },
  IDLE(Program.NGINX, Program.WRK) {
    @Override
    List<Row> measure(Setting setting) throws Exception {
      return new IdleConnections(setting).run();
    }
  },
  LATENCY(Program.NGINX, Program.WRK) {
    @Override
    List<Row> measure(Setting setting) throws Exception {
      return new AddedLatency(setting).run();
    }
  },
  FLOOD(Program.NGINX) {
    @Override
    List<Row> measure(Setting setting) throws Exception {
      return new Flood(setting).run();
    }
  },
  THOUSAND(Program.NGINX, Program.WRK) {
    @Override
    List<Row> measure(Setting setting) throws Exception {
      return new Scale(setting).run(1_000);
    }
  },
  RECEIPTS {
    @Override
    List<Row> measure(Setting setting) throws Exception {
      return new Propagation(setting).run(TENANTS);
    }
  },
  START {
    @Override
    List<Row> measure(Setting setting) throws Exception {
      return new ColdStart(setting).run(TENANTS);
    }
  },
  FILL {
    @Override
    List<Row> measure(Setting setting) throws Exception {
      Fill fill = setting.large(setting.options().objects()).fill();
      return List.of(
          Row.of(
              String.format(Locale.ROOT, "import of %,d tenants and keys", fill.filled()),
              fill.seconds(),
              "s"));
    }
  },
  SCALE(Program.NGINX, Program.WRK) {
    @Override
    List<Row> measure(Setting setting) throws Exception {
      return new Scale(setting).run(setting.options().objects());
    }
  },
  LISTS {
    @Override
    List<Row> measure(Setting setting) throws Exception {
      Setting.Large large = setting.large(setting.options().objects());
      return new ListPages(large.instance(), large.fill().filled()).run();
    }
  },
  SNAPSHOT {
    @Override
    List<Row> measure(Setting setting) throws Exception {
      return new SnapshotStream(setting.large(setting.options().objects()).instance()).run();
    }
  },
  WATCHERS {
    @Override
    List<Row> measure(Setting setting) throws Exception {
      return new WatcherDelivery(setting.large(setting.options().objects()).instance()).run();
    }
  },
  ALLOCATION(Program.NGINX, Program.WRK) {
    @Override
    List<Row> measure(Setting setting) throws Exception {
      return new Allocation(setting).run();
    }
  };

  private static final int TENANTS = 10_000;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of is.
  private final Set<Program> needs;

  Case(Program... needs) {
    this.needs = Set.of(needs);
  }

  abstract List<Row> measure(Setting setting) throws Exception;

  /** The programs that it needs and that are not installed, by name. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    for (Program program : Program.values()) {
      if (needs.contains(program) && !program.isThere()) {
        missing.add(program.label());
      }
    }
    return missing;
  }

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
