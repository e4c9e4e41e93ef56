package dev.gatehouse.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One of the three services as a process of its own: where its program is and how it is told. */
record Service(
    Part part, Path program, List<String> jvm, Map<String, String> environment, int management) {

  Service {
    jvm = List.copyOf(jvm);
    environment = Map.copyOf(environment);
  }

  Process start(Path log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.add("-jar");
    command.add(program.toString());
    ProcessBuilder process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    process.environment().putAll(environment);
    return process.start();
  }
}
