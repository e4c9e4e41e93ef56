package dev.gatehouse.local;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked from zonky's archives. Their {@code EmbeddedPostgres} is not
 * used: it starts the server through {@code pg_ctl}, detached from us, so that its death goes
 * unnoticed and a killed launcher leaves it behind.
 */
record PostgresBinaries(Path directory) {
  /** Unpacks into a directory below {@code parent}, unless that archive was unpacked before. */
  static PostgresBinaries unpack(Path parent) throws IOException {
    byte[] archive = archive();
    CRC32 checksum = new CRC32();
    checksum.update(archive);
    Path target = parent.resolve("postgresql-%08x".formatted(checksum.getValue()));
    if (!Files.isDirectory(target)) {
      Files.createDirectories(parent);
      Path unpacked = Files.createTempDirectory(parent, "unpacking-postgresql-");
      extract(archive, unpacked);
      letOthersUse(unpacked);
      try {
        Files.move(unpacked, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (FileAlreadyExistsException | DirectoryNotEmptyException byAnother) {
        State.delete(unpacked);
      }
    }
    return new PostgresBinaries(target);
  }

  String program(String name) {
    return directory.resolve("bin").resolve(name).toString();
  }

  private static void extract(byte[] archive, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.createDirectories(path.getParent());
          Files.copy(tar, path);
        }
      }
    }
  }

  /** Also those who share the checkout, and the user that {@link Unprivileged} may change to. */
  private static void letOthersUse(Path tree) throws IOException {
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.filter(path -> !Files.isSymbolicLink(path)).toList()) {
        boolean entered = Files.isDirectory(path) || path.startsWith(tree.resolve("bin"));
        Files.setPosixFilePermissions(
            path, PosixFilePermissions.fromString(entered ? "rwxr-xr-x" : "rw-r--r--"));
      }
    }
  }

  private static byte[] archive() throws IOException {
    String system = System.getProperty("os.name", "").startsWith("Mac") ? "Darwin" : "Linux";
    String machine = System.getProperty("os.arch", "").replace("amd64", "x86_64");
    try (InputStream archive =
        DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine)) {
      if (archive == null) {
        throw Failure.because(
            "There is no embedded PostgreSQL for " + system + " on " + machine + ".");
      }
      return archive.readAllBytes();
    }
  }
}
