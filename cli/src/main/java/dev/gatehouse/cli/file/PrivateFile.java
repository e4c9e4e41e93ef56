package dev.gatehouse.cli.file;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.gatehouse.cli.terminal.Failure;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/** A file with mode 600 from its first byte, whatever the umask. */
public final class PrivateFile {

  /** Nothing that the command reads is larger. */
  public static final int MAX_BYTES = 256 * 1024;

  private static final FileAttribute<Set<PosixFilePermission>> MODE_600 =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final FileAttribute<Set<PosixFilePermission>> MODE_700 =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private PrivateFile() {}

  /** Creates the file; one that exists, even as a dangling link, is left alone. */
  public static void create(Path file, byte[] content) throws IOException {
    try (FileChannel channel = FileChannel.open(file, Set.of(CREATE_NEW, WRITE), MODE_600)) {
      writeOrRemove(channel, file, content);
    }
  }

  /**
   * Puts a new file in the place of the old one in one step: a reader sees the one or the other.
   */
  public static void replace(Path file, byte[] content) throws IOException {
    replace(file, out -> out.write(content));
  }

  /** The same for what is too long to be held in memory; if it fails, the old file stays. */
  public static void replace(Path file, Content content) throws IOException {
    Path fresh = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
    try {
      try (FileChannel channel = FileChannel.open(fresh, Set.of(CREATE_NEW, WRITE), MODE_600)) {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** What a file is to hold. */
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Creates what is missing of the directory, for its owner only. */
  public static void createDirectory(Path directory) throws IOException {
    Files.createDirectories(directory, MODE_700);
  }

  public static byte[] read(Path file) {
    try (var in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MAX_BYTES + 1);
      if (content.length > MAX_BYTES) {
        throw new Failure(file + " is larger than " + MAX_BYTES + " bytes: is it the right file?");
      }
      return content;
    } catch (NoSuchFileException e) {
      throw new Failure(file + " does not exist.", e);
    } catch (IOException e) {
      throw new Failure(file + " cannot be read: " + reason(e) + ".", e);
    }
  }

  public static boolean othersMayRead(Path file) throws IOException {
    return hasOneOf(file, Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ));
  }

  public static boolean othersMayWrite(Path file) throws IOException {
    return hasOneOf(
        file, Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE));
  }

  /** What went wrong, without the path that most messages of the JDK consist of. */
  public static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return e instanceof NoSuchFileException ? "no such file or directory" : "" + e.getMessage();
  }

  private static boolean hasOneOf(Path file, Set<PosixFilePermission> loose) throws IOException {
    return Files.getPosixFilePermissions(file).stream().anyMatch(loose::contains);
  }

  private static void writeOrRemove(FileChannel channel, Path file, byte[] content)
      throws IOException {
    try {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }
}
