package dev.gatehouse.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The flags of a service's JVM: those of its {@code jvm.options}, which the images have too, the
 * heap of a small machine, and the archive of its classes where {@code up} has made one.
 */
final class JvmFlags {
  private static final String COMMENT = "#";

  /** What {@code deploy/jvm/class-data} makes with this JVM. */
  private static final String ARCHIVE =
      Runtime.version().feature() >= 25 ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=";

  private final Path checkout;
  private final Path state;

  JvmFlags(Path checkout, Path state) {
    this.checkout = checkout;
    this.state = state;
  }

  List<String> of(String module, String... more) throws IOException {
    List<String> flags = new ArrayList<>();
    for (String line : Files.readAllLines(checkout.resolve(module).resolve("jvm.options"))) {
      if (!line.isBlank() && !line.startsWith(COMMENT)) {
        flags.add(line.strip());
      }
    }
    flags.add("-Xms48m");
    flags.addAll(List.of(more));
    String archive = "classes-" + Runtime.version() + ".archive";
    Stream.of(checkout.resolve(module).resolve("target"), state)
        .map(place -> place.resolve(archive))
        .filter(JvmFlags::isFilled)
        .findFirst()
        .ifPresent(it -> flags.add(ARCHIVE + it));
    return flags;
  }

  /** An empty one says that this JVM makes none. */
  private static boolean isFilled(Path archive) {
    return archive.toFile().length() > 0;
  }
}
