package dev.gatehouse.gateway.authorization;

import static dev.gatehouse.gateway.authorization.DecisionsTest.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.authorization.NestingSettings.AncestorAccess;
import dev.gatehouse.gateway.authorization.NestingSettings.DescendantAccess;
import dev.gatehouse.gateway.catalog.OperationClass;
import dev.gatehouse.gateway.trust.TrustBuilder;
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

  private static final int CASES = 20_000;
  private static final List<String> NAMES =
      List.of("aa", "aa:bb", "aa:bb:cc", "aa:bc", "ab", "ab:bb", "aab", "_");
  private static final List<String> ACCESS =
      List.of("read", "write", "rules", "alerts", "alertconfig");

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

  @Test
  void decisionsAreThoseOfAnOracleThatIsWrittenDifferently() {
    Map<String, Integer> seen = new TreeMap<>();

    for (int i = 0; i < CASES; i++) {
      draw();

      String expected = oracle();

      assertThat(outcome(decide())).as("%s", this).isEqualTo(expected);
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
  }

  private String oracle() {
    if (header.contains("|")) {
      return "header_refused";
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
    List<String> reaching =
        Arrays.stream(token.split(",", -1)).filter(own -> reaches(own, tenant)).toList();
    if (reaching.isEmpty() || !(served.isEmpty() || served.contains(tenant))) {
      return "tenant_mismatch";
    }
    boolean ownKnown = reaching.stream().anyMatch(own -> own.equals("*") || exists(own));
    if (!exists(tenant) || !ownKnown) {
      return "tenant_unknown";
    }
    boolean ownWorks =
        reaching.stream().anyMatch(own -> own.equals("*") || (exists(own) && !stopped(own)));
    if (stopped(tenant) || !ownWorks) {
      return "tenant_suspended";
    }
    if (!scope.equals("cortex:" + access) && !scope.equals("*:" + access)) {
      return "scope_insufficient";
    }
    return orgId.isEmpty() || orgId.equals(tenant.replace(':', '.')) ? tenant : "tenant_mismatch";
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
      case 1 -> "aa|ab";
      case 2 -> "Aa";
      case 3, 4, 5, 6, 7 -> host.isEmpty() ? name() : host;
      default -> name();
    };
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
        "default readable " + defaultReadable);
  }
}
