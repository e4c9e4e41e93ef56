package dev.gatehouse.common.idempotency;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.error.Conflict;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.feed.FeedJson;
import dev.gatehouse.common.name.Username;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Makes a POST repeatable: what was answered to a key is answered again for {@value #HOURS} hours.
 * A write that failed has used up nothing.
 */
@ApplicationScoped
public class Idempotency {

  public static final String HEADER = "Idempotency-Key";

  static final int MAX_LENGTH = 255;
  static final int HOURS = 24;

  /** Who comes second waits here until the first has committed, or was rolled back. */
  private static final String CLAIM =
      """
      INSERT INTO idempotency AS known (id, body, created_at) VALUES (:id, :body, now())
      ON CONFLICT (id) DO UPDATE
        SET body = EXCLUDED.body, answer = NULL, created_at = EXCLUDED.created_at
        WHERE known.created_at < now() - interval '24 hours'
      """;

  private static final String FIND = "SELECT body, answer FROM idempotency WHERE id = :id";

  private static final String ANSWER = "UPDATE idempotency SET answer = :answer WHERE id = :id";

  /**
   * Does the work, unless it was done before under this key; within the transaction of the work.
   *
   * @param route method and path; a key counts for one route and one caller only
   * @param key as sent: 1 to {@value #MAX_LENGTH} printable ASCII characters; absent: the work is
   *     done in any case
   * @param body as sent; under the same key it must be the same
   * @param type of the answer, which {@link FeedJson} writes and reads back
   * @throws Invalid {@link ErrorCode#HEADER_REFUSED}
   * @throws Conflict {@link ErrorCode#IDEMPOTENCY_KEY_REUSED}
   */
  public <T> Uni<T> once(
      Caller caller,
      String route,
      @Nullable String key,
      String body,
      Class<T> type,
      Supplier<Uni<T>> work) {
    if (key == null) {
      return work.get();
    }
    String id = id(caller, route, checked(key));
    String bodyHash = hash(body);
    return Panache.getSession()
        .flatMap(
            session ->
                claim(session, id, bodyHash)
                    .flatMap(
                        first ->
                            first
                                ? work.get().call(answer -> keep(session, id, answer))
                                : repeated(session, id, bodyHash, type)));
  }

  private static Uni<Boolean> claim(Mutiny.Session session, String id, String body) {
    return session
        .createNativeQuery(CLAIM)
        .setParameter("id", id)
        .setParameter("body", body)
        .executeUpdate()
        .map(rows -> rows == 1);
  }

  private static <T> Uni<?> keep(Mutiny.Session session, String id, T answer) {
    return session
        .createNativeQuery(ANSWER)
        .setParameter("answer", FeedJson.write(answer))
        .setParameter("id", id)
        .executeUpdate();
  }

  private static <T> Uni<T> repeated(
      Mutiny.Session session, String id, String body, Class<T> type) {
    return session
        .createNativeQuery(FIND, Tuple.class)
        .setParameter("id", id)
        .getSingleResult()
        .map(
            row -> {
              if (!row.get(0, String.class).equals(body)) {
                throw new Conflict(
                    ErrorCode.IDEMPOTENCY_KEY_REUSED,
                    "This " + HEADER + " was sent with another body; choose a new one");
              }
              return FeedJson.read(row.get(1, String.class), type);
            });
  }

  /** Only a hash is stored, of parts that cannot run into each other. */
  private static String id(Caller caller, String route, String key) {
    return hash(
        String.join(
            "\n",
            caller.reach().text(),
            caller.username().map(Username::value).orElse(""),
            caller.credential().means().text(),
            caller.credential().issuer().map(Object::toString).orElse(""),
            caller.credential().key().map(Object::toString).orElse(""),
            route,
            key));
  }

  private static String checked(String key) {
    boolean printable = key.chars().allMatch(c -> c >= 0x20 && c <= 0x7e);
    if (key.isBlank() || key.length() > MAX_LENGTH || !printable) {
      throw new Invalid(
          ErrorCode.HEADER_REFUSED,
          HEADER + " has 1 to " + MAX_LENGTH + " printable ASCII characters");
    }
    return key;
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
