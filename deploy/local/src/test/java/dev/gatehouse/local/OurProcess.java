package dev.gatehouse.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;

/** A process that the reaper watches, as it wrote it down. */
record OurProcess(String name, long pid) {

  static List<OurProcess> list(Path state) {
    try (var lines = Files.lines(state.resolve("processes"))) {
      return lines
          .map(line -> line.split(" "))
          .map(fields -> new OurProcess(fields[0], Long.parseLong(fields[1])))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A zombie that nobody waits for is as dead as one that was. */
  boolean isAlive() {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return !stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z");
    } catch (IOException gone) {
      return false;
    }
  }

  /** As {@code kill -9} does: the process has no say in it. */
  void kill() {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    Awaitility.await().until(() -> !isAlive());
  }
}
