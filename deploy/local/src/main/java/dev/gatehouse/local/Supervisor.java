package dev.gatehouse.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Holds the processes of the instance: notices the first that dies, and stops them all. */
final class Supervisor {
  private final Reaper reaper;
  private final Consumer<Child> onDeath;
  private final List<Child> children = new ArrayList<>();
  private boolean stopping;

  Supervisor(Reaper reaper, Consumer<Child> onDeath) {
    this.reaper = reaper;
    this.onDeath = onDeath;
  }

  /** Takes charge of a process. Once stopping, a newcomer is stopped at once. */
  synchronized void add(Child child) throws IOException {
    children.add(child);
    if (stopping) {
      child.process().destroyForcibly();
      return;
    }
    reaper.watch(child.part().label(), child.process(), child.request());
    Thread watch = new Thread(() -> noticeDeath(child), "watch " + child.part().label());
    watch.setDaemon(true);
    watch.start();
  }

  /** Stops whoever faces clients first and the database last, and returns when all are gone. */
  void stop() throws InterruptedException {
    List<List<Child>> stages;
    synchronized (this) {
      stopping = true;
      stages = stages();
    }
    for (List<Child> stage : stages) {
      stage.forEach(Child::ask);
      for (Child child : stage) {
        child.awaitEnd();
      }
    }
  }

  private void noticeDeath(Child child) {
    child.process().onExit().join();
    if (!isStopping()) {
      onDeath.accept(child);
    }
  }

  private synchronized boolean isStopping() {
    return stopping;
  }

  private List<List<Child>> stages() {
    return children.stream()
        .collect(Collectors.groupingBy(child -> child.part().stage()))
        .entrySet()
        .stream()
        .sorted(Comparator.comparing(entry -> entry.getKey()))
        .map(entry -> entry.getValue())
        .toList();
  }
}
