package dev.gatehouse.gateway.observation;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A file that lines are appended to, made anew when somebody has moved it away. */
final class LogFile implements AccessLog.Sink {

  private static final long LOOK_EVERY = TimeUnit.SECONDS.toNanos(1);

  private final Path path;
  private OutputStream out;
  private @Nullable Object key;
  private long lookedAt = System.nanoTime();

  LogFile(Path path) throws IOException {
    this.path = path;
    this.out = new FileOutputStream(path.toFile(), true);
    this.key = key();
  }

  /** Past {@link System#out}, which has a lock that others hold. */
  static AccessLog.Sink standardOutput() {
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    return new AccessLog.Sink() {
      @Override
      public void write(byte[] lines) throws IOException {
        out.write(lines);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void write(byte[] lines) throws IOException {
    if (System.nanoTime() - lookedAt > LOOK_EVERY) {
      reopenIfMoved();
      lookedAt = System.nanoTime();
    }
    out.write(lines);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private void reopenIfMoved() throws IOException {
    if (!Objects.equals(key, key())) {
      out.close();
      out = new FileOutputStream(path.toFile(), true);
      key = key();
    }
  }

  private @Nullable Object key() throws IOException {
    return Files.exists(path)
        ? Files.readAttributes(path, BasicFileAttributes.class).fileKey()
        : null;
  }
}
