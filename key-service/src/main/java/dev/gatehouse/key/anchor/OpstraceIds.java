package dev.gatehouse.key.anchor;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.NotFound;
import dev.gatehouse.common.name.KeyId;
import dev.gatehouse.common.name.OpstraceKeyId;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Which key an Opstrace id belongs to, or belonged to. */
@ApplicationScoped
public class OpstraceIds {

  private static final String KEY_OF = "SELECT key_id FROM opstrace_id WHERE opstrace_id = :id";

  /**
   * Runs in the session of its caller.
   *
   * @throws NotFound when no key has ever had this id
   */
  public Uni<KeyId> keyOf(OpstraceKeyId id) {
    return Panache.getSession()
        .flatMap(
            session ->
                session
                    .createNativeQuery(KEY_OF, String.class)
                    .setParameter("id", id.value())
                    .getSingleResultOrNull())
        .onItem()
        .ifNull()
        .failWith(() -> new NotFound(ErrorCode.KEY_NOT_FOUND, "There is no such key"))
        .map(KeyId::new);
  }
}
