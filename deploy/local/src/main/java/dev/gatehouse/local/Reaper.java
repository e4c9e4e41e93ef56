package dev.gatehouse.local;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Tells the script {@code deploy/local/reaper} which processes are ours. The script outlives this
 * process, however that ends, and then ends what is left of them: nobody else could after a {@code
 * kill -9}.
 */
final class Reaper {
  /** How to ask a process to end. */
  enum Request {
    TERM,
    /** To PostgreSQL: disconnect everybody and stop. TERM would let it wait for its clients. */
    INT
  }

  private final OutputStream pipe;

  private Reaper(OutputStream pipe) {
    this.pipe = pipe;
  }

  static Reaper start(Path script, State state) throws IOException {
    Process reaper =
        new ProcessBuilder("bash", script.toString(), state.file("processes").toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Reaper us = new Reaper(reaper.getOutputStream());
    us.tell("launcher", ProcessHandle.current().pid(), "-");
    us.tell("reaper", reaper.pid(), "-");
    return us;
  }

  void watch(String name, Process process, Request request) throws IOException {
    tell(name, process.pid(), request.name());
  }

  private synchronized void tell(String name, long pid, String request) throws IOException {
    String line = name + " " + pid + " " + request + "\n";
    pipe.write(line.getBytes(StandardCharsets.UTF_8));
    pipe.flush();
  }
}
