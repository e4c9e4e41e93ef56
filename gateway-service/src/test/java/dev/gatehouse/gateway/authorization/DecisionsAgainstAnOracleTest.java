package dev.gatehouse.gateway.authorization;

import static dev.gatehouse.gateway.authorization.DecisionsTest.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.authorization.NestingSettings.AncestorAccess;
import dev.gatehouse.gateway.authorization.NestingSettings.DescendantAccess;
import dev.gatehouse.gateway.catalog.OperationClass;
import dev.gatehouse.gateway.trust.TrustBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The rules of design §4.4 once more, written over plain text, against random questions. */
class DecisionsAgainstAnOracleTest {

  private static final int CASES = 40_000;
  private static final List<String> NAMES =
      List.of("aa", "aa:bb", "aa:bb:cc", "aa:bc", "ab", "ab:bb", "aab", "_");
  private static final List<String> ACCESS =
      List.of("read", "write", "rules", "alerts", "alertconfig");

  private static final List<String> FLAWS =
      List.of("tenant_mismatch", "tenant_unknown", "tenant_suspended", "scope_insufficient", "");

  private final Random random = new Random(20_260_101);

  private final Set<String> registered = new HashSet<>();
  private final Set<String> suspended = new HashSet<>();
  private String token = "";
  private String host = "";
  private String header = "";
  private String orgId = "";
  private String access = "";
  private String scope = "";
  private Set<String> served = Set.of();
  private String ancestors = "";
  private String descendants = "";
  private boolean defaultReadable;
  private boolean apiFederates;
  private boolean operationFederates;

  @Test
  void decisionsAreThoseOfAnOracleThatIsWrittenDifferently() {
    Map<String, Integer> seen = new TreeMap<>();

    for (int i = 0; i < CASES; i++) {
      draw();

      String expected = oracle();

      assertThat(told(decide())).as("%s", this).isEqualTo(expected);
      seen.merge(expected, 1, Integer::sum);
    }

    assertThat(seen)
        .containsKeys(
            "tenant_mismatch",
            "tenant_required",
            "tenant_unknown",
            "tenant_suspended",
            "scope_insufficient",
            "header_refused",
            "tenant_name_invalid",
            "_",
            "aa",
            "aa:bb:cc");
    assertThat(seen.keySet())
        .anyMatch(one -> one.startsWith("_ for aa|"))
        .anyMatch(one -> one.startsWith("aa for aa|aa.b"))
        .anyMatch(one -> one.startsWith("aa:bb for "));
  }

  private String oracle() {
    if (header.contains("|")) {
      return oracleOfSeveral();
    }
    if (header.equals("*")) {
      return "tenant_mismatch";
    }
    if (header.equals("Aa")) {
      return "tenant_name_invalid";
    }
    Set<String> asked = new TreeSet<>(List.of(host, header));
    asked.remove("");
    if (asked.size() == 2) {
      return "tenant_mismatch";
    }
    String tenant = asked.isEmpty() ? withoutAsking() : asked.iterator().next();
    if (tenant.isEmpty()) {
      return "tenant_required";
    }
    String flaw = FLAWS.get(flawOf(tenant));
    if (!flaw.isEmpty()) {
      return flaw;
    }
    return orgId.isEmpty() || orgId.equals(tenant.replace(':', '.')) ? tenant : "tenant_mismatch";
  }

  /** Of several names, the one with the earliest flaw decides. */
  private String oracleOfSeveral() {
    if (!apiFederates || !operationFederates || !host.isEmpty()) {
      return "header_refused";
    }
    List<String> parts = List.of(header.split("[|]", -1));
    for (String part : parts) {
      String wrong =
          switch (part) {
            case "" -> "header_refused";
            case "*" -> "tenant_mismatch";
            case "Aa", " aa" -> "tenant_name_invalid";
            default -> "";
          };
      if (!wrong.isEmpty()) {
        return wrong;
      }
    }
    int flaw = parts.stream().mapToInt(this::flawOf).min().orElseThrow();
    if (flaw < FLAWS.size() - 1) {
      return FLAWS.get(flaw);
    }
    String ids = String.join("|", new TreeSet<>(parts.stream().map(this::idOf).toList()));
    if (!orgId.isEmpty()
        && !new TreeSet<>(List.of(orgId.split("[|]", -1)))
            .equals(new TreeSet<>(List.of(ids.split("[|]", -1))))) {
      return "tenant_mismatch";
    }
    String payer =
        token.equals("*")
            ? "_"
            : Arrays.stream(token.split(",", -1))
                .filter(own -> exists(own) && !stopped(own))
                .sorted()
                .findFirst()
                .orElseThrow();
    return payer + " for " + ids;
  }

  private String idOf(String tenant) {
    return tenant.replace(':', '.');
  }

  /** The position of the first flaw among {@link #FLAWS}; the last means none. */
  private int flawOf(String tenant) {
    List<String> reaching =
        Arrays.stream(token.split(",", -1)).filter(own -> reaches(own, tenant)).toList();
    if (reaching.isEmpty() || !(served.isEmpty() || served.contains(tenant))) {
      return 0;
    }
    boolean ownKnown = reaching.stream().anyMatch(own -> own.equals("*") || exists(own));
    if (!exists(tenant) || !ownKnown) {
      return 1;
    }
    boolean ownWorks =
        reaching.stream().anyMatch(own -> own.equals("*") || (exists(own) && !stopped(own)));
    if (stopped(tenant) || !ownWorks) {
      return 2;
    }
    return scope.equals("cortex:" + access) || scope.equals("*:" + access) ? 4 : 3;
  }

  private String withoutAsking() {
    if (token.equals("*")) {
      return access.equals("read") ? "_" : "";
    }
    return token.contains(",") ? "" : token;
  }

  private boolean reaches(String own, String tenant) {
    if (own.equals("*") || own.equals(tenant)) {
      return true;
    }
    boolean read = access.equals("read");
    if (tenant.equals("_")) {
      return defaultReadable && read;
    }
    if ((own + ":").startsWith(tenant + ":")) {
      return ancestors.equals("FULL") || (ancestors.equals("READ") && read);
    }
    return (tenant + ":").startsWith(own + ":") && descendants.equals("READ") && read;
  }

  private boolean exists(String tenant) {
    return tenant.equals("_") || registered.contains(tenant);
  }

  private boolean stopped(String tenant) {
    return suspended.stream().anyMatch(above -> (tenant + ":").startsWith(above + ":"));
  }

  private void draw() {
    registered.clear();
    suspended.clear();
    for (String name : NAMES) {
      if (!name.equals("_") && random.nextInt(8) > 0) {
        registered.add(name);
        if (random.nextInt(10) == 0) {
          suspended.add(name);
        }
      }
    }
    token = random.nextInt(6) == 0 ? "*" : name();
    if (!token.equals("*") && random.nextInt(4) == 0) {
      String second = name();
      token = second.equals(token) ? token : token + "," + second;
    }
    host = random.nextInt(2) == 0 ? "" : hostOfSomebody();
    header = random.nextInt(2) == 0 ? "" : headerOfSomebody();
    access = ACCESS.get(Math.max(0, random.nextInt(9) - 4));
    scope =
        random.nextInt(8) == 0
            ? "loki:" + access
            : (random.nextBoolean() ? "cortex:" : "*:")
                + (random.nextInt(8) == 0 ? "alerts" : access);
    served = random.nextInt(5) == 0 ? new HashSet<>(List.of(name(), "aa")) : Set.of();
    orgId = random.nextInt(3) > 0 ? "" : name().replace(':', '.');
    ancestors = List.of("NONE", "READ", "FULL").get(random.nextInt(3));
    descendants = random.nextBoolean() ? "READ" : "NONE";
    defaultReadable = random.nextBoolean();
    operationFederates = access.equals("read") && random.nextInt(6) > 0;
    apiFederates = random.nextInt(6) > 0;
    if (header.contains("|")) {
      host = random.nextInt(6) == 0 ? host : "";
      orgId = random.nextInt(3) > 0 ? "" : orgId + "|" + name().replace(':', '.');
    }
  }

  private String name() {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  private String hostOfSomebody() {
    return random.nextBoolean() ? token.equals("*") ? "aa" : token.split(",", -1)[0] : name();
  }

  private String headerOfSomebody() {
    return switch (random.nextInt(12)) {
      case 0 -> "*";
      case 1, 9, 10 -> several();
      case 11 -> token.equals("*") || random.nextBoolean() ? "aa|ab" : several();
      case 2 -> "Aa";
      case 3, 4, 5, 6, 7 -> host.isEmpty() ? name() : host;
      default -> name();
    };
  }

  private String several() {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < 2 + random.nextInt(3); i++) {
      boolean odd = random.nextInt(30) == 0;
      parts.add(odd ? List.of("", "*", "Aa", " aa").get(random.nextInt(4)) : relative());
    }
    return String.join("|", parts);
  }

  /** Mostly one that the token reaches somehow. */
  private String relative() {
    if (token.equals("*") || random.nextInt(3) == 0) {
      return name();
    }
    String own = token.split(",", -1)[random.nextInt(token.split(",", -1).length)];
    List<String> related =
        NAMES.stream().filter(name -> name.startsWith(own) || own.startsWith(name)).toList();
    return related.get(random.nextInt(related.size()));
  }

  private static String told(Decision decision) {
    return decision instanceof Decision.Allowed allowed && !allowed.federated().isEmpty()
        ? allowed.actsAs() + " for " + allowed.orgId()
        : outcome(decision);
  }

  private Decision decide() {
    TrustBuilder trust = TrustBuilder.trust();
    for (String name : registered) {
      if (suspended.contains(name)) {
        trust.suspended(name);
      } else {
        trust.tenants(name);
      }
    }
    Asking asking =
        Asking.tokenOf(token)
            .to(OperationClass.valueOf(access.toUpperCase(Locale.ROOT)))
            .scopes(scope)
            .tenantIds(header.isEmpty() ? new String[0] : new String[] {header})
            .federating(apiFederates, operationFederates)
            .orgIds(orgId.isEmpty() ? new String[0] : new String[] {orgId});
    asking = host.isEmpty() ? asking : asking.at(host);
    asking = served.isEmpty() ? asking : asking.apiServing(served.toArray(String[]::new));
    return asking.decide(
        trust.build(),
        new NestingSettings(
            AncestorAccess.valueOf(ancestors),
            DescendantAccess.valueOf(descendants),
            defaultReadable));
  }

  @Override
  public String toString() {
    return String.join(
        ", ",
        "registered " + registered,
        "suspended " + suspended,
        "token " + token,
        "host " + host,
        "header " + header,
        "orgId " + orgId,
        "access " + access,
        "scope " + scope,
        "served " + served,
        "ancestors " + ancestors,
        "descendants " + descendants,
        "default readable " + defaultReadable,
        "federation " + apiFederates + " " + operationFederates);
  }
}
