package dev.gatehouse.common.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.common.name.KeyId;
import dev.gatehouse.common.name.OpstraceKeyId;
import dev.gatehouse.common.name.OrgId;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FeedJsonTest {

  @Test
  void aTenantTravelsAsDocumented() {
    TenantEntry entry =
        new TenantEntry(
            new TenantId("acme:pay"),
            new OrgId("acme.pay"),
            TenantEntry.Status.suspended,
            Optional.empty(),
            Optional.empty());

    String json = FeedJson.write(entry);

    assertThat(json)
        .isEqualTo("{\"name\":\"acme:pay\",\"orgId\":\"acme.pay\",\"status\":\"suspended\"}");
    assertThat(FeedJson.read(json, TenantEntry.class)).isEqualTo(entry);
  }

  @Test
  void anAnchorComesBackAsItWas() {
    AnchorEntry entry =
        new AnchorEntry(
            new KeyId("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"),
            new OpstraceKeyId("da39a3ee5e6b4b0d3255bfef95601890afd80709"),
            "AAAA",
            Reach.EVERYTHING,
            Optional.empty(),
            Set.of(new Scope("*:read")),
            Optional.of(1L),
            Optional.empty(),
            Optional.of(3L));

    String json = FeedJson.write(entry);

    assertThat(json).contains("\"owner\":\"*\"").doesNotContain("ownerId");
    assertThat(FeedJson.read(json, AnchorEntry.class)).isEqualTo(entry);
  }

  @Test
  void anIssuerComesBackAsItWas() {
    IssuerEntry entry =
        new IssuerEntry(
            "default",
            "http://localhost:8380/default",
            List.of("gatehouse-local"),
            "",
            Reach.parse("acme"),
            Optional.of(new UUID(1, 2)),
            Set.of(),
            Optional.of(Set.of(new Scope("*:read"))),
            List.of(new TrustedKey("k1", "AAAA", Optional.of("RS256"))),
            Optional.of(7L));

    assertThat(FeedJson.read(FeedJson.write(entry), IssuerEntry.class)).isEqualTo(entry);
  }

  @Test
  void aPageComesBackAsItWasByteForByte() {
    String content = "{\"name\":\"\\u00e4 \\\" ä\"}";
    Change present =
        new Change(
            1,
            "tenant",
            new UUID(1, 2),
            Instant.parse("2026-01-01T00:00:00.100Z"),
            Optional.of(content),
            FeedHash.NONE);
    Change removed =
        new Change(2, "tenant", new UUID(1, 2), Instant.EPOCH, Optional.empty(), FeedHash.NONE);
    FeedPage page =
        new FeedPage(new UUID(3, 4), true, 0, 2, FeedHash.NONE, 2, List.of(present, removed));

    String json = FeedJson.write(page);

    assertThat(json).contains("\"at\":\"2026-01-01T00:00:00.100Z\"").contains("\"reset\":true");
    assertThat(FeedJson.read(json, FeedPage.class)).isEqualTo(page);
  }

  @Test
  void whatANewerServiceAddsIsLeftAside() {
    TenantEntry read =
        FeedJson.read(
            "{\"name\":\"acme\",\"orgId\":\"acme\",\"status\":\"active\",\"limits\":{\"a\":1}}",
            TenantEntry.class);

    assertThat(read.name()).hasToString("acme");
  }

  @Test
  void aMistakeDoesNotQuoteTheText() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> FeedJson.read("{\"name\":\"acme\",\"status\":\"s3cret\"}", TenantEntry.class))
        .withMessageStartingWith("Not a readable TenantEntry");
  }
}
