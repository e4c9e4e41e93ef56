package dev.gatehouse.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Everything that {@code up} starts, from nothing to ready and back. */
final class Instance {
  private static final String READY = "ready";

  private final Options options;
  private final State state;
  private final Console console;
  private final Ports ports;
  private final Secrets secrets;
  private final Supervisor supervisor;
  private final Queue<AutoCloseable> inThisProcess = new ConcurrentLinkedQueue<>();
  private volatile boolean ready;

  private Instance(Options options, State state, Console console, Ports ports, Reaper reaper)
      throws IOException {
    this.options = options;
    this.state = state;
    this.console = console;
    this.ports = ports;
    this.secrets = new Secrets(state);
    this.supervisor = new Supervisor(reaper, this::died);
  }

  /** Does all that can be refused before anything runs, and writes what others read. */
  static Instance prepare(Options options, State state, Console console) throws IOException {
    if (options.fresh()) {
      state.wipe();
    }
    Path file = state.file("ports.properties");
    Ports ports = options.freePorts() ? Listeners.free(Ports.read(file)) : Ports.usual();
    Listeners.refuseTaken(ports);
    ports.write(file);
    state.writePrivately(
        "gateway.properties", Written.gatewayProperties(options.upstreams(), ports));
    state.writePrivately("cli.yaml", Written.cliConfiguration(options.instance(), ports));
    Reaper reaper = Reaper.start(options.checkout().resolve("deploy/local/reaper"), state);
    return new Instance(options, state, console, ports, reaper);
  }

  /**
   * Starts everything side by side: a service that finds no database yet keeps trying.
   *
   * @return false if a process died meanwhile; the end is under way then
   */
  boolean start() throws InterruptedException, IOException {
    ExecutorService threads = Executors.newCachedThreadPool(Instance::daemon);
    CompletionService<Boolean> results = new ExecutorCompletionService<>(threads);
    List<Future<Boolean>> starts = new ArrayList<>();
    for (Part part : options.parts()) {
      starts.add(results.submit(() -> start(part)));
    }
    for (int awaited = starts.size(); awaited > 0; awaited--) {
      if (!result(results.take())) {
        return false;
      }
    }
    threads.shutdown();
    ready = true;
    console.welcome(options, ports, state.file("cli.yaml"));
    Files.createFile(state.file(READY));
    return true;
  }

  void stop() {
    try {
      Files.deleteIfExists(state.file(READY));
      supervisor.stop();
      for (AutoCloseable server : inThisProcess) {
        server.close();
      }
    } catch (Exception e) {
      console.say("up: while stopping: " + e);
    }
  }

  private boolean start(Part part) throws IOException, InterruptedException {
    Services services = new Services(options, ports, state, secrets);
    boolean started =
        switch (part) {
          case GATEWAY -> start(services.gateway());
          case TENANT_SERVICE -> start(services.tenantService());
          case KEY_SERVICE -> start(services.keyService());
          case DATABASE -> startDatabase();
          case IDENTITY_PROVIDER ->
              inThisProcess.add(
                  new IdentityProvider(ports.of(Ports.Use.IDENTITY_PROVIDER), options.instance()));
          case DEMO_BACKEND -> inThisProcess.add(new DemoBackend(ports.of(Ports.Use.DEMO_BACKEND)));
        };
    if (started) {
      console.ready(part);
    }
    return started;
  }

  private boolean start(Service service) throws IOException, InterruptedException {
    Path program = service.program();
    if (!Files.exists(program)) {
      throw Failure.because(program + " is not there: build it, or leave out --no-build.");
    }
    Path log = state.log(service.part().label());
    Child child = new Child(service.part(), service.start(log), log, Reaper.Request.TERM);
    supervisor.add(child);
    return Readiness.await(child, service.management());
  }

  private boolean startDatabase() throws IOException, InterruptedException {
    PostgresBinaries binaries =
        PostgresBinaries.unpack(options.checkout().resolve("deploy/local/target"));
    Database database =
        new Database(binaries, Unprivileged.here(), state, secrets, ports.of(Ports.Use.DATABASE));
    Path log = state.log(Part.DATABASE.label());
    Process server = database.start(log);
    supervisor.add(new Child(Part.DATABASE, server, log, Reaper.Request.INT));
    return database.prepare(server);
  }

  private static boolean result(Future<Boolean> start) throws InterruptedException, IOException {
    try {
      return start.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Failure failure) {
        throw failure;
      }
      throw new IOException(e.getCause());
    }
  }

  private void died(Child child) {
    String what =
        "The %s (pid %d) ended unexpectedly with exit code %d; its log is %s."
            .formatted(
                child.part().label(),
                child.process().pid(),
                child.process().exitValue(),
                child.log());
    if (ready && options.keepGoing()) {
      console.say("up: " + what + " Going on without it, as asked.");
      return;
    }
    console.say("up: " + what + " Everything else is being stopped.");
    System.exit(Failure.FAILED);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "start");
    thread.setDaemon(true);
    return thread;
  }
}
