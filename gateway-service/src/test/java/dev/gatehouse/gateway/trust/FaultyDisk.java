package dev.gatehouse.gateway.trust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A disk that fails as it is told to. */
final class FaultyDisk implements AppendFile.Opener {

  private volatile boolean full;
  private volatile boolean failsToForce;
  private volatile boolean failsToTruncate;
  private volatile int forced;

  void full(boolean value) {
    full = value;
  }

  void failsToForce(boolean value) {
    failsToForce = value;
  }

  void failsToTruncate(boolean value) {
    failsToTruncate = value;
  }

  /** How often something was brought to the disk. */
  int forced() {
    return forced;
  }

  @Override
  public AppendFile open(Path path, boolean anew) throws IOException {
    return new AppendFile(path, anew) {
      @Override
      void write(ByteBuffer bytes) throws IOException {
        if (full) {
          ByteBuffer half = bytes.slice(bytes.position(), bytes.remaining() / 2);
          super.write(half);
          throw new IOException("No space left on device");
        }
        super.write(bytes);
      }

      @Override
      void force() throws IOException {
        if (failsToForce) {
          throw new IOException("Input/output error");
        }
        super.force();
        count();
      }

      @Override
      void truncate(long size) throws IOException {
        if (failsToTruncate) {
          throw new IOException("Input/output error");
        }
        super.truncate(size);
      }
    };
  }

  private synchronized void count() {
    forced++;
  }
}
