package dev.gatehouse.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One more gateway of an instance: the command line and the environment of the first, read from the
 * running process, with ports and a directory of its own.
 *
 * @param readyMillis from starting the process until it said that it is ready
 */
record Gateway(int port, Process process, double readyMillis) implements Stoppable {

  private static final long START_SECONDS = 60;
  private static final int HTTP_OK = 200;

  /**
   * Starts it and waits until it is ready.
   *
   * @param directory what it keeps of its trust; may be there from before
   */
  static Gateway start(Instance instance, String name, Path directory)
      throws IOException, InterruptedException {
    ProcessHandle first = instance.process(Instance.Service.GATEWAY);
    int port = Peer.freePort();
    int management = Peer.freePort();
    Files.createDirectories(directory);
    Path log = directory.resolveSibling(directory.getFileName() + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(words(first, "cmdline"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment(first));
    builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
    builder.environment().put("QUARKUS_MANAGEMENT_PORT", Integer.toString(management));
    builder.environment().put("GATEHOUSE_STATE_DIR", directory.toString());
    builder.environment().put("GATEHOUSE_GATEWAY_NAME", name);
    long started = System.nanoTime();
    Process process = builder.start();
    long deadline = started + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!ready(management)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new IOException("A gateway does not start: " + Files.readString(log).strip());
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
    return new Gateway(port, process, (System.nanoTime() - started) / 1e6);
  }

  @Override
  public void close() {
    Stoppable.end(process);
  }

  private static Map<String, String> environment(ProcessHandle process) throws IOException {
    Map<String, String> environment = new HashMap<>();
    for (String variable : words(process, "environ")) {
      int equals = variable.indexOf('=');
      if (equals > 0) {
        environment.put(variable.substring(0, equals), variable.substring(equals + 1));
      }
    }
    return environment;
  }

  /** Both files end each word with NUL. */
  private static List<String> words(ProcessHandle process, String file) throws IOException {
    String all =
        Files.readString(Path.of("/proc/" + process.pid() + "/" + file), StandardCharsets.UTF_8);
    return Arrays.stream(all.split("\0", -1)).filter(word -> !word.isEmpty()).toList();
  }

  private static boolean ready(int management) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:" + management + "/health/ready").toURL().openConnection();
    try {
      return connection.getResponseCode() == HTTP_OK;
    } catch (IOException notYet) {
      return false;
    } finally {
      connection.disconnect();
    }
  }
}
