package dev.gatehouse.gateway.trust;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The folder that outlives the process; held by one process at a time. */
final class StateDirectory implements AutoCloseable {

  private final Path folder;
  private final FileChannel lock;

  private StateDirectory(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * @throws IllegalStateException with a sentence for the operator when it cannot be had
   */
  static StateDirectory open(Path folder) {
    try {
      Files.createDirectories(folder, permissions("rwx------"));
      FileChannel channel =
          openPrivately(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(channel)) {
        channel.close();
        throw new IllegalStateException(
            "gatehouse.state-dir "
                + folder
                + " is in use by another gateway. Give each gateway a folder of its own.");
      }
      return new StateDirectory(folder, channel);
    } catch (IOException e) {
      throw new IllegalStateException(
          "gatehouse.state-dir "
              + folder
              + " cannot be used ("
              + e
              + "). Name a folder that this user may write to, or leave the setting out to run"
              + " without a copy on disk.",
          e);
    }
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      // The end of the process frees it as well.
    }
  }

  /** A file that only this user can read, from its first byte. */
  static FileChannel openPrivately(Path file, OpenOption... options) throws IOException {
    return FileChannel.open(file, Set.of(options), permissions("rw-------"));
  }

  /** Puts a file, already on the disk, in the place of another, durably. */
  void replace(Path temporary, Path target) throws IOException {
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    force();
  }

  /** Brings to the disk which files the folder has. */
  void force() throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock held = channel.tryLock();
      return held != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static FileAttribute<?>[] permissions(String permissions) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
