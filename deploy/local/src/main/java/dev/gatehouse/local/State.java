package dev.gatehouse.local;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The directory that holds all that an instance remembers; only its owner may look inside. */
final class State {
  private static final List<String> WIPED =
      List.of(
          "postgres",
          "postgres.new",
          "gateway",
          "secrets",
          "cli.yaml",
          "gateway.properties",
          "ports.properties");

  private final Path directory;
  private @Nullable FileLock lock;

  private State(Path directory) {
    this.directory = directory;
  }

  /** Creates what is missing, and keeps every other launcher out until this process ends. */
  static State open(Path directory) throws IOException {
    State state = new State(directory);
    state.directory("");
    state.lock = lock(directory.resolve("lock"));
    if (state.lock == null) {
      throw Failure.because("An instance with its state in " + directory + " is running already.");
    }
    return state;
  }

  /** Forgets everything. Only what an instance writes is removed, whatever else lies around. */
  void wipe() throws IOException {
    for (String name : WIPED) {
      delete(directory.resolve(name));
    }
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  /** The directory of that name, created if it is not there. */
  Path directory(String name) throws IOException {
    Path path = directory.resolve(name);
    Files.createDirectories(path, asFileAttribute(fromString("rwx------")));
    return path;
  }

  /** An empty log file; what the last run wrote stays beside it, as {@code .old}. */
  Path log(String name) throws IOException {
    Path log = directory("logs").resolve(name + ".log");
    if (Files.exists(log)) {
      Files.move(log, log.resolveSibling(name + ".log.old"), StandardCopyOption.REPLACE_EXISTING);
    }
    return log;
  }

  /** Writes a file that nobody else may read, not even for a moment. */
  void writePrivately(String name, List<String> lines) throws IOException {
    Path target = directory.resolve(name);
    Path written =
        Files.createTempFile(
            target.getParent(),
            "." + target.getFileName(),
            "",
            asFileAttribute(fromString("rw-------")));
    Files.write(written, lines);
    Files.move(
        written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static void delete(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(path)) {
      for (Path entry : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }

  private static @Nullable FileLock lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    return channel.tryLock();
  }
}
