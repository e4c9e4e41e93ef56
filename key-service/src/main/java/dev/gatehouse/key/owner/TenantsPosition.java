package dev.gatehouse.key.owner;

import dev.gatehouse.common.database.Background;
import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.feed.FeedHash;
import dev.gatehouse.common.feed.client.FeedPosition;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where this service stands in the feed of the tenants, and which replica follows it. The lease
 * only spares work: that nothing is applied twice is seen to by the position, which is compared
 * under its lock.
 */
@ApplicationScoped
class TenantsPosition {

  private static final String LEASE =
      """
      UPDATE tenants_feed
      SET leased_by = :replica, leased_until = now() + :millis * interval '1 millisecond'
      WHERE leased_by = :replica OR leased_until < now()
      RETURNING epoch, revision, hash
      """;

  private static final String RELEASE =
      "UPDATE tenants_feed SET leased_until = '-infinity' WHERE leased_by = :replica";

  private static final String LOCK = "SELECT epoch, revision, hash FROM tenants_feed FOR UPDATE";

  private static final String MOVE =
      """
      UPDATE tenants_feed
      SET epoch = :epoch, revision = :revision, hash = :hash,
        left_epochs = CASE
          WHEN epoch IS NULL OR epoch = :epoch THEN left_epochs
          ELSE array_append(array_remove(left_epochs, :epoch), epoch)
        END
      """;

  private static final String HAS_LEFT =
      "SELECT count(*) FROM tenants_feed WHERE :epoch = ANY (left_epochs)";

  private final Database database;
  private final Background background;

  TenantsPosition(Database database, Background background) {
    this.database = database;
    this.background = background;
  }

  /** The position, if this replica is the one to follow from it. */
  Uni<Optional<FeedPosition>> lease(String replica, Duration duration) {
    return background.run(
        () ->
            database.transaction(
                () ->
                    Panache.getSession()
                        .flatMap(
                            session ->
                                session
                                    .createNativeQuery(LEASE, Tuple.class)
                                    .setParameter("replica", replica)
                                    .setParameter("millis", duration.toMillis())
                                    .getResultList())
                        .map(TenantsPosition::first)));
  }

  Uni<Void> release(String replica) {
    return background.run(
        () ->
            database.transaction(
                () ->
                    Panache.getSession()
                        .flatMap(
                            session ->
                                session
                                    .createNativeQuery(RELEASE)
                                    .setParameter("replica", replica)
                                    .executeUpdate())
                        .replaceWithVoid()));
  }

  /**
   * Whether this history was left for another one. It never comes back: an older backup still
   * carries the word by which it was once accepted.
   */
  Uni<Boolean> hasLeft(UUID epoch) {
    return background.run(
        () ->
            database.session(
                () ->
                    Panache.getSession()
                        .flatMap(
                            session ->
                                session
                                    .createNativeQuery(HAS_LEFT, Long.class)
                                    .setParameter("epoch", epoch)
                                    .getSingleResult())
                        .map(count -> count > 0)));
  }

  /** Locks the position until the transaction ends; false when it is another one by now. */
  Uni<Boolean> lockAt(FeedPosition expected) {
    return Panache.getSession()
        .flatMap(session -> session.createNativeQuery(LOCK, Tuple.class).getResultList())
        .map(rows -> first(rows).filter(expected::equals).isPresent());
  }

  /** In the transaction that has locked the position. */
  Uni<Void> move(FeedPosition to) {
    return Panache.getSession()
        .flatMap(
            session ->
                session
                    .createNativeQuery(MOVE)
                    .setParameter("epoch", to.epoch().orElseThrow())
                    .setParameter("revision", to.revision())
                    .setParameter("hash", to.hash().value())
                    .executeUpdate())
        .replaceWithVoid();
  }

  private static Optional<FeedPosition> first(List<Tuple> rows) {
    return rows.stream().findFirst().map(TenantsPosition::position);
  }

  private static FeedPosition position(Tuple row) {
    @Nullable UUID epoch = row.get(0, UUID.class);
    return new FeedPosition(
        Optional.ofNullable(epoch), row.get(1, Long.class), new FeedHash(row.get(2, String.class)));
  }
}
