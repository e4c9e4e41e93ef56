package dev.gatehouse.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What cases are measured on; made when it is first asked for, and stopped in the end. */
final class Setting implements Stoppable {

  private static final long WARM_UP_REQUESTS = 1_000_000;
  private static final int WARM_UP_ROUNDS = 40;
  private static final int SETTLED_ROUNDS = 3;
  private static final double SETTLED = 0.97;
  private static final int REPEATING = 50;

  private final Options options;
  private final PrintStream progress;
  private final Path directory;
  private final Deque<Stoppable> started = new ArrayDeque<>();
  private @Nullable Peer backend;
  private @Nullable Small small;
  private @Nullable Large large;

  Setting(Options options, PrintStream progress) throws IOException {
    this.options = options;
    this.progress = progress;
    this.directory = Files.createTempDirectory("gatehouse-bench");
  }

  /**
   * An instance with one tenant and one RSA key, and 50 tokens of them; its gateway is warm.
   *
   * @param one a single token
   * @param fifty tokens that repeat
   */
  record Small(Instance instance, Tokens.Holder holder, Path one, Path fifty) {}

  /** An instance that is filled, and how far. */
  static final class Large {
    private final Instance instance;
    private final Fill fill;

    private Large(Instance instance) {
      this.instance = instance;
      this.fill = new Fill(instance);
    }

    Instance instance() {
      return instance;
    }

    Fill fill() {
      return fill;
    }
  }

  Options options() {
    return options;
  }

  /** For files of this run. */
  Path directory() {
    return directory;
  }

  void say(String what) {
    progress.println(what);
  }

  /** Takes care of something that has to be stopped. */
  <T extends Stoppable> T stopLater(T it) {
    started.push(it);
    return it;
  }

  Peer backend() throws Exception {
    if (backend == null) {
      backend = stopLater(Nginx.backend(directory));
    }
    return backend;
  }

  Small small() throws Exception {
    if (small == null) {
      say("Starting an instance with one tenant and one key");
      Instance instance = start("gateway", "small");
      instance.tenant("solo");
      Tokens.Holder holder = instance.holder("solo", Signer.rs256());
      Path fifty = Tokens.write(directory.resolve("fifty"), List.of(holder), REPEATING);
      Path one = Tokens.write(directory.resolve("one"), List.of(holder), 1);
      warmUp(instance, fifty);
      small = new Small(instance, holder, one, fifty);
    }
    return small;
  }

  /** With at least so many tenants and keys, or as many as were asked for. */
  Large large(int objects) throws Exception {
    if (large == null) {
      say("Starting an instance to be filled");
      large = new Large(start("gateway, filled", "large"));
    }
    large.fill().upTo(Math.min(objects, options.objects()), this::say);
    return large;
  }

  /**
   * Until the JIT has done what it does: a request costs no less than in the rounds before, and
   * there were enough of them. It compiles the same code several times over, the last time after
   * hundreds of thousands of requests, which a gateway of some load has behind it in a minute.
   */
  void warmUp(Instance instance, Path lines) throws Exception {
    if (!Program.WRK.isThere()) {
      return;
    }
    double least = Double.MAX_VALUE;
    long requests = 0;
    int settled = 0;
    for (int round = 0; round < WARM_UP_ROUNDS && settled < SETTLED_ROUNDS; round++) {
      double before = instance.cpu();
      Wrk.Answered answered = Wrk.run(instance.port(), Wrk.Requests.get(lines), 32, 2);
      double each = (instance.cpu() - before) / answered.requests();
      requests += answered.requests();
      boolean enough = requests > WARM_UP_REQUESTS || options.quick();
      settled = enough && each > SETTLED * least ? settled + 1 : 0;
      least = Math.min(least, each);
    }
  }

  private Instance start(String name, String state) throws Exception {
    List<String> upstream =
        Program.NGINX.isThere()
            ? List.of(
                "--upstream", "cortex=http://127.0.0.1:" + backend().port() + ",catalog=mimir")
            : List.of();
    // Not where an attempt before may have left one that runs.
    Path free = directory.resolve(state + "-" + started.size());
    return stopLater(Instance.start(name, options.checkout(), free, upstream));
  }

  @Override
  public void close() throws IOException {
    while (!started.isEmpty()) {
      started.pop().close();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
