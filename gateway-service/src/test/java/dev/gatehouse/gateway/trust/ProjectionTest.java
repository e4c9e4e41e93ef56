package dev.gatehouse.gateway.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.feed.TenantEntry.Status;
import dev.gatehouse.common.name.OpstraceKeyId;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.trust.Projection.Applied;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProjectionTest {

  private static final String ISSUER = "https://login.example/";
  private static final PublicKey KEY = TestKeys.ed25519();
  private static final UUID ID = UUID.randomUUID();

  @Test
  void theDefaultTenantIsAlwaysThere() {
    Tenants tenants = tenants(new History());

    assertThat(tenants.byName(TenantId.DEFAULT)).contains(Tenant.DEFAULT);
    assertThat(tenants.byId(Tenant.DEFAULT.id())).contains(Tenant.DEFAULT);
    assertThat(tenants.size()).isZero();
  }

  @Test
  void theDefaultTenantOfTheFeedTakesThePlaceOfTheBuiltInOne() {
    Tenants tenants = tenants(new History().tenant("_", Status.suspended));

    assertThat(tenants.byName(TenantId.DEFAULT).orElseThrow().suspended()).isTrue();
  }

  @Test
  void aTenantIsFoundByNameAndByRegistration() {
    Tenants tenants = tenants(new History().tenant("acme").tenant("acme:pay", Status.suspended));

    Tenant pay = tenants.byName(new TenantId("acme:pay")).orElseThrow();
    assertThat(pay.suspended()).isTrue();
    assertThat(pay.orgId().value()).isEqualTo("acme.pay");
    assertThat(tenants.byId(pay.id())).containsSame(pay);
    assertThat(tenants.byName(new TenantId("other"))).isEmpty();
  }

  @Test
  void aRemovedTenantIsGone() {
    Tenants tenants = tenants(new History().tenant("acme").removeTenant("acme"));

    assertThat(tenants.byName(new TenantId("acme"))).isEmpty();
    assertThat(tenants.byId(TrustBuilder.idOf("acme"))).isEmpty();
  }

  @Test
  void theRemovalOfAFormerTenantLeavesItsNamesakeAlone() {
    TrustBuilder builder = TrustBuilder.trust().tenants("acme");
    UUID second = UUID.randomUUID();
    Tenant former = TrustBuilder.active("acme");

    Trust trust =
        builder
            .tenant(
                new Tenant(second, former.name(), former.orgId(), false, former.tokensNotBefore()))
            .withoutTenant(former.id())
            .build();

    assertThat(trust.tenants().byName(former.name()).orElseThrow().id()).isEqualTo(second);
  }

  @Test
  void aNewTenantOrAnchorTakesNothingAway() {
    History tenants = new History().tenant("acme");
    History keys = new History().anchor(ID, KEY, "acme");

    assertThat(applied(Tenants.EMPTY, tenants).takesAway()).isFalse();
    assertThat(applied(Keys.EMPTY, keys).takesAway()).isFalse();
  }

  @Test
  void aRevocationTakesAwayAndItsRemovalDoesNot() {
    History history = new History().revocation("acme", it -> it.jti("j1").key(KEY).id(ID));
    Applied<Keys> made = applied(Keys.EMPTY, history);
    assertThat(made.takesAway()).isTrue();
    assertThat(made.state().revocations().size()).isEqualTo(1);

    Applied<Keys> removed = applied(made.state(), new History().removeRevocation(ID));

    assertThat(removed.takesAway()).isFalse();
    assertThat(removed.state().revocations().isEmpty()).isTrue();
  }

  @Test
  void aRevocationIsFoundByExactlyWhatItNames() {
    Revocations revocations =
        applied(
                Keys.EMPTY,
                new History()
                    .revocation("acme", it -> it.jti("j1").key(KEY).id(ID))
                    .revocation("*", it -> it.jti("j1").issuer(ISSUER)))
            .state()
            .revocations();

    assertThat(
            revocations.of(
                Revocation.What.tokenId("j1", Optional.empty(), Optional.of(Thumbprint.of(KEY)))))
        .extracting(Revocation::id)
        .containsExactly(ID);
    assertThat(revocations.of(Revocation.What.tokenId("j1", Optional.of(ISSUER), Optional.empty())))
        .hasSize(1);
    assertThat(revocations.of(Revocation.What.tokenId("J1", Optional.of(ISSUER), Optional.empty())))
        .isEmpty();
  }

  @Test
  void aRevocationThatDoesNotChangeStaysTheSameObject() {
    History history = new History().revocation("acme", it -> it.tenant("acme").id(ID));
    Revocation before = revocation(applied(Keys.EMPTY, history).state());

    Keys again = applied(keysWith(before), history).state();
    Keys changed =
        applied(
                keysWith(before),
                new History()
                    .revocation("acme", it -> it.tenant("acme").id(ID).notBefore(Instant.EPOCH)))
            .state();

    assertThat(revocation(again)).isSameAs(before);
    assertThat(revocation(changed)).isNotEqualTo(before);
    assertThat(changed.revocations().of(before.what())).containsExactly(revocation(changed));
  }

  @Test
  void aRevocationThatCannotBeReadIsUnheededAndLeavesWhatItWas() {
    Keys before =
        applied(Keys.EMPTY, new History().revocation("acme", it -> it.tenant("acme").id(ID)))
            .state();

    for (String content :
        List.of(
            "{",
            "{\"type\":\"moon\",\"value\":\"x\",\"owner\":\"*\"}",
            "{\"type\":\"jti\",\"value\":\"x\",\"owner\":\"*\"}",
            "{\"type\":\"tenant\",\"value\":\"acme\",\"owner\":\"acme\"}")) {
      Applied<Keys> after = applied(before, new History().add("revocation", ID, content));

      assertThat(after.unheeded()).as(content).isEqualTo(1);
      assertThat(after.state().revocations().size()).isEqualTo(1);
    }
  }

  private static Revocation revocation(Keys keys) {
    return Objects.requireNonNull(keys.revocations().byId(ID));
  }

  private static Keys keysWith(Revocation revocation) {
    Trust trust = TrustBuilder.trust().revocation(revocation).build();
    return new Keys(trust.anchors(), trust.issuers(), trust.revocations());
  }

  @Test
  void everythingElseMayTakeSomethingAway() {
    Tenants acme = tenants(new History().tenant("acme"));
    Keys anchored = keys(new History().anchor(ID, KEY, "acme"));

    assertThat(applied(acme, new History().tenant("acme", Status.suspended)).takesAway()).isTrue();
    assertThat(applied(acme, new History().removeTenant("acme")).takesAway()).isTrue();
    assertThat(applied(anchored, new History().anchor(ID, KEY, "acme")).takesAway()).isTrue();
    assertThat(applied(anchored, new History().removeAnchor(ID)).takesAway()).isTrue();
    assertThat(applied(Keys.EMPTY, new History().issuer(ISSUER, it -> it)).takesAway()).isTrue();
  }

  @Test
  void aKeyOfSeveralOwnersIsFoundByEitherOfItsIds() {
    Keys keys = keys(new History().anchor(ID, KEY, "acme").anchor(UUID.randomUUID(), KEY, "*"));

    String opstraceId = OpstraceKeyId.of(KEY.getEncoded()).value();
    String thumbprint = TrustBuilder.thumbprint(KEY).value();
    assertThat(keys.anchors().byKid(thumbprint)).hasSize(2);
    assertThat(keys.anchors().byKid(opstraceId)).isEqualTo(keys.anchors().byKid(thumbprint));
    assertThat(keys.anchors().byKid("x")).isEmpty();
  }

  @Test
  void removingOneOwnersAnchorLeavesTheOthers() {
    UUID other = UUID.randomUUID();
    History history = new History().anchor(ID, KEY, "acme").anchor(other, KEY, "*");

    Keys keys = keys(history.removeAnchor(ID));

    assertThat(keys.anchors().byKid(TrustBuilder.thumbprint(KEY).value()))
        .extracting(Anchor::id)
        .containsExactly(other);
  }

  @Test
  void aChangeLeavesEveryOtherObjectTheSame() {
    Keys before =
        keys(
            new History()
                .anchor(ID, KEY, "acme")
                .issuer(ISSUER, it -> it.key("one", KEY).key("two", TestKeys.ec())));

    Keys after =
        applied(before, new History().anchor(UUID.randomUUID(), TestKeys.ec(), "*")).state();

    assertThat(only(after)).isSameAs(only(before));
    assertThat(issuer(after)).isSameAs(issuer(before));
  }

  @Test
  void aChangedAnchorIsANewObject() {
    Keys before = keys(new History().anchor(ID, KEY, "acme"));

    Keys after = applied(before, new History().anchor(ID, KEY, "*")).state();

    assertThat(only(after)).isNotSameAs(only(before));
  }

  @Test
  void anIssuersUnchangedKeysStayTheSameObjects() {
    Keys before = keys(new History().issuer(ISSUER, it -> it.key("one", KEY)));

    Keys after =
        applied(before, new History().issuer(ISSUER, it -> it.key("one", KEY).key("two", KEY)))
            .state();

    assertThat(issuer(after)).isNotSameAs(issuer(before));
    assertThat(issuer(after).key("one").orElseThrow())
        .isSameAs(issuer(before).key("one").orElseThrow());
    assertThat(issuer(after).key("two")).isPresent();
  }

  @Test
  void aStateBuiltAnewKeepsTheObjectsThatAreServed() {
    History history = new History().anchor(ID, KEY, "acme").issuer(ISSUER, it -> it.key("k", KEY));
    Keys served = keys(history);

    Keys anew = new KeyProjection().apply(Keys.EMPTY, served, history.changes()).state();

    assertThat(only(anew)).isSameAs(only(served));
    assertThat(issuer(anew)).isSameAs(issuer(served));
  }

  @Test
  void anEntryThatCannotBeReadCountsAsRemoved() {
    Keys before = keys(new History().anchor(ID, KEY, "acme"));

    Applied<Keys> after = applied(before, new History().add("anchor", ID, "{\"keyId\":\"?\"}"));

    assertThat(after.state().anchors().size()).isZero();
    assertThat(after.takesAway()).isTrue();
    assertThat(after.unreadable()).isEqualTo(1);
  }

  @Test
  void aTenantThatCannotBeReadCountsAsRemoved() {
    Tenants before = tenants(new History().tenant("acme"));

    Applied<Tenants> after =
        applied(before, new History().add("tenant", TrustBuilder.idOf("acme"), "{"));

    assertThat(after.state().byName(new TenantId("acme"))).isEmpty();
    assertThat(after.unreadable()).isEqualTo(1);
  }

  @Test
  void oneUnreadableKeyOfAnIssuerLeavesTheOthers() {
    String json =
        "{\"name\":\"n\",\"issuer\":\"%s\",\"audiences\":[],\"claimsNamespace\":\"\",\"maySpeakFor\":\"*\",\"defaultScopes\":[],\"keys\":[{\"kid\":\"bad\",\"spki\":\"AAAA\"}]}"
            .formatted(ISSUER);

    Keys keys = keys(new History().add("issuer", ID, json));

    assertThat(issuer(keys).key("bad")).isEmpty();
    assertThat(issuer(keys).keysAsOf()).isEmpty();
  }

  private static Anchor only(Keys keys) {
    return keys.anchors().byKid(TrustBuilder.thumbprint(KEY).value()).get(0);
  }

  private static Issuer issuer(Keys keys) {
    return keys.issuers().byUrl(ISSUER).get(0);
  }

  private static Tenants tenants(History history) {
    return applied(Tenants.EMPTY, history).state();
  }

  private static Keys keys(History history) {
    return applied(Keys.EMPTY, history).state();
  }

  private static Applied<Tenants> applied(Tenants base, History history) {
    return new TenantProjection().apply(base, base, history.changes());
  }

  private static Applied<Keys> applied(Keys base, History history) {
    return new KeyProjection().apply(base, base, history.changes());
  }
}
