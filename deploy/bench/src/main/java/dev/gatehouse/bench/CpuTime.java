package dev.gatehouse.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The CPU time of a process and those that it has started, as the kernel accounts for it. */
final class CpuTime {

  /** {@code sysconf(_SC_CLK_TCK)} is 100 on every Linux that we know of. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int UTIME = 11;
  private static final int STIME = 12;

  private CpuTime() {}

  /** In seconds, to a hundredth: user and system, of all threads. */
  static double of(ProcessHandle process) {
    double own = ticks(process.pid()) / TICKS_PER_SECOND;
    return own
        + process.descendants().mapToDouble(each -> ticks(each.pid())).sum() / TICKS_PER_SECOND;
  }

  private static long ticks(long pid) {
    try {
      return ticks(Files.readString(Path.of("/proc/" + pid + "/stat")));
    } catch (IOException e) {
      throw new UncheckedIOException("Process " + pid + " is gone", e);
    }
  }

  /** The name in parentheses may hold blanks and parentheses; the rest has none. */
  static long ticks(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME]);
  }
}
