package dev.gatehouse.tenant.audit;

import dev.gatehouse.common.testing.TestDatabase;

/** What somebody could do to the log who can write to the database, but has no API key. */
final class AuditTables {

  private AuditTables() {}

  /** A log without entries; the head is taken first, as by who writes one. */
  static void reset(TestDatabase database) {
    database.execute(
        """
        UPDATE audit_head SET sequence = 0, hash = repeat('0', 64), at = '', seal = '',
          pruned_through = 0, pruned_hash = repeat('0', 64), pruned_seal = '';
        TRUNCATE audit;
        """);
  }

  /** Changes the content of an entry, and chains it and all after it anew. */
  static void rewrite(TestDatabase database, int sequence) {
    database.execute(
        """
        UPDATE audit SET content = replace(content, '"number"', '"forged"') WHERE sequence = %d;
        %s
        """
            .formatted(sequence, chainFrom(sequence)));
  }

  /** Puts an entry before another one, and numbers and chains anew. */
  static void insertBefore(TestDatabase database, int sequence) {
    database.execute(
        """
        UPDATE audit SET sequence = -sequence - 1 WHERE sequence >= %1$d;
        UPDATE audit SET sequence = -sequence WHERE sequence < 0;
        INSERT INTO audit (sequence, previous, hash, content)
          SELECT %1$d, previous, hash, content FROM audit WHERE sequence = %1$d - 1;
        %2$s
        """
            .formatted(sequence, chainFrom(sequence)));
  }

  /** Makes the head say what the last entry says; its seal stays as it is. */
  static void moveHead(TestDatabase database) {
    database.execute(
        """
        UPDATE audit_head h SET sequence = last.sequence, hash = last.hash
        FROM (SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1) last
        """);
  }

  private static String chainFrom(int sequence) {
    return """
        DO $$
        DECLARE
          entry record;
          last text := (SELECT hash FROM audit WHERE sequence = %1$d - 1);
        BEGIN
          FOR entry IN SELECT * FROM audit WHERE sequence >= %1$d ORDER BY sequence LOOP
            UPDATE audit SET previous = last, hash = encode(sha256(convert_to(
                last || E'\\n' || entry.sequence || E'\\n' || entry.content, 'UTF8')), 'hex')
              WHERE sequence = entry.sequence RETURNING hash INTO last;
          END LOOP;
        END $$
        """
        .formatted(sequence);
  }
}
