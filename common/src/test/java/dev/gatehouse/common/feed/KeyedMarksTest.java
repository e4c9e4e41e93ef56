package dev.gatehouse.common.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.apikey.AuthApiKey;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * The seal of an audit log's head, and the mark of an accepted history, under a key that rotates.
 */
class KeyedMarksTest {

  private static final String OLD = "old-api-key-0123456789-0123456789-abcdef";
  private static final String NEW = "new-api-key-0123456789-0123456789-abcdef";
  private static final String HASH = "a".repeat(64);
  private static final UUID EPOCH = UUID.fromString("00000000-0000-4000-8000-000000000001");

  private final AuthApiKey before = new AuthApiKey(OLD, Optional.empty());
  private final AuthApiKey rotating = new AuthApiKey(NEW, Optional.of(OLD));
  private final AuthApiKey after = new AuthApiKey(NEW, Optional.empty());

  @Test
  void aHeadIsSealedByWhoHasTheKey() {
    AuditHead head = AuditHead.sealed(before, "tenants", 7, HASH);

    assertThat(head.seal()).matches("[0-9a-f]{64}");
    assertThat(head.isSealed(before, "tenants")).isTrue();
    assertThat(head.isSealed(after, "tenants")).isFalse();
  }

  @Test
  void aSealIsForOneServiceOneSequenceAndOneHash() {
    String seal = AuditHead.sealed(before, "tenants", 7, HASH).seal();

    assertThat(new AuditHead(7, HASH, seal).isSealed(before, "keys")).isFalse();
    assertThat(new AuditHead(8, HASH, seal).isSealed(before, "tenants")).isFalse();
    assertThat(new AuditHead(7, "b".repeat(64), seal).isSealed(before, "tenants")).isFalse();
    assertThat(new AuditHead(7, HASH, "").isSealed(before, "tenants")).isFalse();
  }

  @Test
  void duringARotationWhoHasOneOfTheKeysCanTell() {
    AuditHead head = AuditHead.sealed(rotating, "tenants", 7, HASH);

    assertThat(head.isSealed(before, "tenants")).isTrue();
    assertThat(head.isSealed(rotating, "tenants")).isTrue();
    assertThat(head.isSealed(after, "tenants")).isTrue();
    assertThat(AuditHead.sealed(before, "tenants", 7, HASH).isSealed(rotating, "tenants")).isTrue();
  }

  @Test
  void anAcceptedEpochIsReadByWhoHasTheKey() {
    String header = AcceptedEpoch.write(before, "tenants", EPOCH);

    assertThat(header).matches(EPOCH + " [0-9a-f]{64}");
    assertThat(AcceptedEpoch.read(before, "tenants", header)).contains(EPOCH);
    assertThat(AcceptedEpoch.read(rotating, "tenants", header)).contains(EPOCH);
    assertThat(AcceptedEpoch.read(after, "tenants", header)).isEmpty();
    assertThat(AcceptedEpoch.read(before, "keys", header)).isEmpty();
  }

  @Test
  void whatIsNoAcceptanceIsNone() {
    String mac = AcceptedEpoch.write(before, "tenants", EPOCH).substring(37);

    assertThat(AcceptedEpoch.read(before, "tenants", "")).isEmpty();
    assertThat(AcceptedEpoch.read(before, "tenants", EPOCH.toString())).isEmpty();
    assertThat(AcceptedEpoch.read(before, "tenants", "epoch " + mac)).isEmpty();
    assertThat(AcceptedEpoch.read(before, "tenants", UUID.randomUUID() + " " + mac)).isEmpty();
  }
}
