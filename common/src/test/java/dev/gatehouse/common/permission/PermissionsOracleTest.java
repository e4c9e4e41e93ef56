package dev.gatehouse.common.permission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.caller.Credential;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.common.name.UserId;
import dev.gatehouse.common.name.Username;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * 10,000 random cases, decided a second time by an oracle that knows nothing of {@link Reach} and
 * {@link TenantId}: it lists what a caller's subtree is and looks things up in that list.
 */
class PermissionsOracleTest {

  private static final int CASES = 10_000;
  private static final long SEED = 20_260_101;

  /** Every name that occurs; small, so that nesting, siblings and equal names are frequent. */
  private static final List<String> NAMES =
      List.of(
          "aa",
          "aa:bb",
          "aa:bb:cc",
          "aa:bb:dd",
          "aa:bbb",
          "aa-bb",
          "aaa",
          "aaa:bb",
          "bb",
          "bb:aa",
          "bb:aa:bb",
          "_");

  private static final List<String> MANAGEMENT =
      List.of(
          "tenants:read",
          "tenants:write",
          "keys:read",
          "keys:write",
          "keys:all",
          "issuers:read",
          "issuers:write",
          "audit:read",
          "*:read",
          "*:write");

  private static final List<String> KINDS =
      List.of("tenant", "key", "issuer", "revocation", "audit", "instance");

  private static final List<UUID> ISSUERS =
      List.of(new UUID(0x4000L, 0x8000L << 48), new UUID(0x4001L, 0x8000L << 48));

  private final Random random = new Random(SEED);

  @Test
  void anOracleWrittenDifferentlyAgrees() {
    Map<String, Integer> seen = new TreeMap<>();
    for (int i = 0; i < CASES; i++) {
      Case drawn = draw();

      String verdict = PermissionsTest.verdict(drawn.caller(), drawn.act(), drawn.target());

      assertThat(verdict).as("case %d: %s", i, drawn).isEqualTo(oracle(drawn));
      seen.merge(drawn.kind() + " " + verdict, 1, Integer::sum);
    }
    assertThat(seen).as("every outcome of every kind is met").hasSize(OUTCOMES);
  }

  /** Tenant 5, key 6, issuer 6, revocation 6, audit 4, instance 3. */
  private static final int OUTCOMES = 30;

  private record Case(
      String reach,
      Set<String> scopes,
      String user,
      Act act,
      String kind,
      String owner,
      String personalOf,
      Caller caller,
      Target target) {

    @Override
    public String toString() {
      return reach
          + " "
          + scopes
          + " "
          + user
          + " "
          + act
          + " "
          + kind
          + " of "
          + owner
          + " "
          + personalOf;
    }
  }

  private static String oracle(Case it) {
    String resource =
        Map.of("revocation", "key", "instance", "tenant").getOrDefault(it.kind, it.kind);
    String plural = resource.equals("audit") ? "audit" : resource + "s";
    Set<String> enough = new HashSet<>();
    enough.add(plural + ":write");
    if (it.act == Act.SEE || it.kind.equals("audit")) {
      enough.add(plural + ":read");
    }
    enough.retainAll(it.scopes);
    if (enough.isEmpty()) {
      return "scope_insufficient";
    }
    Set<String> mine = subtree(it.reach);
    boolean writes = it.act != Act.SEE;
    return switch (it.kind) {
      case "instance" -> it.reach.equals("*") ? "allowed" : "not_allowed";
      case "audit" -> writes ? "not_allowed" : mine.contains(it.owner) ? "allowed" : "hidden";
      case "tenant" -> registration(it, mine, writes);
      default -> owned(it, mine, writes);
    };
  }

  private static String registration(Case it, Set<String> mine, boolean writes) {
    if (writes) {
      mine.remove(it.reach);
    }
    if (mine.contains(it.owner)) {
      return "allowed";
    }
    if (it.act == Act.ADD) {
      return "not_allowed";
    }
    boolean onMyPath = (it.reach + ":").startsWith(it.owner + ":");
    return !onMyPath ? "hidden" : writes ? "not_allowed" : "name only";
  }

  private static String owned(Case it, Set<String> mine, boolean writes) {
    if (!mine.contains(it.owner)) {
      String why = it.owner.equals("*") ? "owner_refused" : "tenant_mismatch";
      return it.act == Act.ADD ? why : "hidden";
    }
    if (writes && it.owner.equals("_") && !it.reach.equals("*")) {
      return "not_allowed";
    }
    if (it.personalOf.isEmpty() || it.personalOf.equals(it.user)) {
      return "allowed";
    }
    if (it.act == Act.ADD) {
      return "not_allowed";
    }
    return it.scopes.contains("keys:all") ? "allowed" : "hidden";
  }

  /** All that is within a reach, spelled out. */
  private static Set<String> subtree(String reach) {
    Set<String> names = new HashSet<>();
    for (String name : NAMES) {
      if (reach.equals("*") || (name + ":").startsWith(reach + ":")) {
        names.add(name);
      }
    }
    if (reach.equals("*")) {
      names.add("*");
    }
    return names;
  }

  private Case draw() {
    String reach = random.nextInt(5) == 0 ? "*" : one(NAMES);
    String kind = one(KINDS);
    String owner = !kind.equals("tenant") && random.nextInt(8) == 0 ? "*" : one(NAMES);
    Set<String> scopes = new HashSet<>();
    for (String scope : MANAGEMENT) {
      if (random.nextInt(3) > 0) {
        scopes.add(scope);
      }
    }
    String user = random.nextBoolean() ? "" : drawUser();
    String personalOf = kind.equals("key") && random.nextBoolean() ? drawUser() : "";
    Act act = one(List.of(Act.values()));
    return new Case(
        reach,
        scopes,
        user,
        act,
        kind,
        owner,
        personalOf,
        caller(reach, scopes, user),
        target(kind, owner, personalOf));
  }

  /** The index of an issuer, a colon and a name. */
  private String drawUser() {
    return random.nextInt(ISSUERS.size()) + ":" + one(List.of("alice", "bob"));
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static Target target(String kind, String owner, String personalOf) {
    return switch (kind) {
      case "tenant" -> new Target.OfTenant(new TenantId(owner));
      case "key" -> new Target.OfKey(Reach.parse(owner), user(personalOf));
      case "issuer" -> new Target.OfIssuer(Reach.parse(owner));
      case "revocation" -> new Target.OfRevocation(Reach.parse(owner));
      case "audit" -> new Target.OfAudit(Reach.parse(owner));
      default -> new Target.OfInstance();
    };
  }

  private static Caller caller(String reach, Set<String> scopes, String user) {
    Set<Scope> granted = new HashSet<>();
    scopes.forEach(scope -> granted.add(new Scope(scope)));
    return new Caller(
        Reach.parse(reach),
        user(user).map(UserId::username),
        granted,
        user(user).map(UserId::issuer).map(Credential::ofIssuer).orElse(Credential.API_KEY),
        "192.0.2.1");
  }

  private static Optional<UserId> user(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    int issuer = Integer.parseInt(text.substring(0, 1));
    return Optional.of(new UserId(ISSUERS.get(issuer), new Username(text.substring(2))));
  }
}
