package dev.gatehouse.gateway.trust;

import java.io.Closeable;
import java.io.IOException;
import java.security.SecureRandom;

/** Adds records at the end of one journal file; takes back what it could only half write. */
final class JournalWriter implements Closeable {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final AppendFile file;
  private final SealedRecords form;
  private byte[] seal;
  private long size;
  private boolean failed;

  /** Goes on at the end of a file that was read to there. */
  JournalWriter(AppendFile file, SealedRecords form, byte[] seal, long size) throws IOException {
    this.file = file;
    this.form = form;
    this.seal = seal;
    this.size = size;
    file.truncate(size);
  }

  static JournalWriter begin(AppendFile file, SealedRecords form) throws IOException {
    byte[] salt = new byte[SealedRecords.SALT];
    RANDOM.nextBytes(salt);
    SealedRecords.Written head = form.head(salt);
    file.write(head.bytes());
    return new JournalWriter(file, form, head.seal(), SealedRecords.HEAD);
  }

  void add(JournalEntry entry) throws IOException {
    if (failed) {
      throw new IOException("an earlier failure left the file in an unknown state");
    }
    SealedRecords.Written record = form.record(seal, entry.type().code(), entry.content());
    int length = record.bytes().remaining();
    try {
      file.write(record.bytes());
    } catch (IOException e) {
      takeBack();
      throw e;
    }
    seal = record.seal();
    size += length;
  }

  /** After a failure nobody knows what is on the disk, so that the file is of no more use. */
  void force() throws IOException {
    try {
      file.force();
    } catch (IOException e) {
      failed = true;
      throw e;
    }
  }

  long size() {
    return size;
  }

  SealedRecords form() {
    return form;
  }

  void fail() {
    failed = true;
  }

  boolean failed() {
    return failed;
  }

  @Override
  public void close() {
    file.close();
  }

  private void takeBack() {
    try {
      file.truncate(size);
    } catch (IOException e) {
      failed = true;
    }
  }
}
