package dev.gatehouse.gateway.trust;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that grows at its end. Not final, so that tests can make the disk fail. */
class AppendFile implements Closeable {

  /** How files come to be. */
  interface Opener {
    /** Opens at the end, or, if it is to begin anew, empty whatever was there. */
    AppendFile open(Path path, boolean anew) throws IOException;
  }

  private final FileChannel channel;

  AppendFile(Path path, boolean anew) throws IOException {
    channel =
        anew
            ? StateDirectory.openPrivately(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)
            : StateDirectory.openPrivately(path, StandardOpenOption.WRITE);
    channel.position(channel.size());
  }

  void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  void force() throws IOException {
    channel.force(false);
  }

  void truncate(long size) throws IOException {
    channel.truncate(size);
    channel.position(size);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // What had to be on the disk was forced before.
    }
  }
}
