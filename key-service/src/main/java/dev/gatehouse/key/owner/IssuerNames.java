package dev.gatehouse.key.owner;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.error.Conflict;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.NotFound;
import dev.gatehouse.common.name.Reach;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Which registration of an issuer a caller means by its name. */
@ApplicationScoped
public class IssuerNames {

  /** An issuer whose row names no owner comes from the configuration, for every tenant. */
  private static final String NAMED =
      """
      SELECT i.id, i.url, coalesce(to_jsonb(i) ->> 'owner', '*')
      FROM issuer i WHERE i.name = :name ORDER BY 3
      """;

  /** An issuer, as it is registered. */
  public record Named(UUID id, String url, Reach owner) {}

  /**
   * Those of the caller's own tenant and the ones nested in it come before those for every tenant,
   * which everybody may name, as everybody's users log in there. Runs in the session of its caller.
   *
   * @throws NotFound when the caller sees none of this name
   * @throws Conflict when there are several and no owner was named
   */
  public Uni<Named> resolve(Caller caller, String name, Optional<Reach> owner) {
    return Panache.getSession()
        .flatMap(
            session ->
                session
                    .createNativeQuery(NAMED, Tuple.class)
                    .setParameter("name", name)
                    .getResultList())
        .map(rows -> choose(caller, owner, rows.stream().map(IssuerNames::named).toList()));
  }

  private static Named named(Tuple row) {
    return new Named(
        row.get(0, UUID.class), row.get(1, String.class), Reach.parse(row.get(2, String.class)));
  }

  static Named choose(Caller caller, Optional<Reach> owner, List<Named> all) {
    List<Named> asked =
        all.stream().filter(it -> owner.map(it.owner()::equals).orElse(true)).toList();
    List<Named> own = asked.stream().filter(it -> isWithin(caller, it.owner())).toList();
    List<Named> shared = asked.stream().filter(it -> it.owner().top().isEmpty()).toList();
    List<Named> meant = own.isEmpty() ? shared : own;
    if (meant.isEmpty()) {
      throw new NotFound(ErrorCode.ISSUER_NOT_FOUND, "There is no such issuer");
    }
    if (meant.size() > 1) {
      throw new Conflict(
          ErrorCode.ISSUER_AMBIGUOUS, "Several owners have an issuer of this name: " + of(meant));
    }
    return meant.get(0);
  }

  private static boolean isWithin(Caller caller, Reach owner) {
    return caller.isOperator() || owner.top().map(caller.reach()::covers).orElse(false);
  }

  private static String of(List<Named> meant) {
    return meant.stream().map(it -> it.owner().text()).sorted().collect(Collectors.joining(", "));
  }
}
