package dev.gatehouse.gateway.trust;

import dev.gatehouse.gateway.trust.SealedRecords.Damaged;
import dev.gatehouse.gateway.trust.SealedRecords.Read;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads one journal file from its beginning. */
final class JournalReader {

  private static final int BUFFER = 1 << 16;

  private JournalReader() {}

  interface Sink {
    void take(JournalEntry entry) throws IOException;
  }

  /** The seal after the last whole record and where that ends. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record End(byte[] seal, long size) {}

  /**
   * @param entries gets each record once its seal was checked
   * @throws Damaged when any record is not what was written
   */
  static End read(Path path, SealedRecords form, Sink entries) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(path), BUFFER))) {
      byte[] seal = form.readHead(in);
      long size = SealedRecords.HEAD;
      for (@Nullable Read read = form.readRecord(seal, in);
          read != null;
          read = form.readRecord(seal, in)) {
        entries.take(entry(read));
        seal = read.seal();
        size += read.size();
      }
      return new End(seal, size);
    }
  }

  private static JournalEntry entry(Read read) throws Damaged {
    try {
      return JournalEntry.read(read.type(), read.content());
    } catch (IllegalArgumentException e) {
      throw new Damaged("another version wrote it: " + e.getMessage());
    }
  }
}
