package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a table has to say of where it comes from. */
final class Machine {

  private Machine() {}

  static Map<String, String> description() throws IOException {
    Map<String, String> machine = new LinkedHashMap<>();
    machine.put(
        "machine",
        "%d × %s, %s GiB"
            .formatted(
                Runtime.getRuntime().availableProcessors(),
                field("/proc/cpuinfo", "model name"),
                Long.parseLong(field("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) >> 20));
    machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    machine.put(
        "Java", System.getProperty("java.vm.vendor") + " " + System.getProperty("java.vm.version"));
    for (Program program : Program.values()) {
      machine.put(program.label(), program.isThere() ? version(program) : "not installed");
    }
    return machine;
  }

  private static String version(Program program) throws IOException {
    Process process =
        new ProcessBuilder(program.command(), program == Program.WRK ? "--version" : "-v")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return said.lines().findFirst().orElse("").strip();
  }

  private static String field(String file, String name) throws IOException {
    List<String> lines = Files.readAllLines(Path.of(file));
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown 0");
  }
}
