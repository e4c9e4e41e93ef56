package dev.gatehouse.tenant.audit;

import dev.gatehouse.common.audit.Audit;
import dev.gatehouse.common.audit.AuditDraft;
import dev.gatehouse.common.audit.Writes;
import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.caller.Credential;
import dev.gatehouse.common.database.Background;
import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.feed.server.Draft;
import dev.gatehouse.common.feed.server.Revision;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.Username;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Writes to the log as the services do, each time in a transaction. */
@ApplicationScoped
public class Scribe {

  private final Background background;
  private final Database database;
  private final Audit audit;
  private final Writes writes;

  Scribe(Background background, Database database, Audit audit, Writes writes) {
    this.background = background;
    this.database = database;
    this.audit = audit;
    this.writes = writes;
  }

  /** That many entries about a tenant, all in one transaction. */
  public void record(String tenant, int count) {
    List<AuditDraft> drafts =
        IntStream.rangeClosed(1, count).mapToObj(i -> draft(tenant, "test.write", i)).toList();
    transaction(() -> audit.record(caller("*", "operator"), drafts));
  }

  public void record(Caller caller, String tenant, String action) {
    transaction(() -> audit.record(caller, draft(tenant, action, 0)));
  }

  /** A change of the feed and an entry that tells of it. */
  public Revision commit(String tenant) {
    Draft change = Draft.of("test", UUID.randomUUID(), Map.of("tenant", tenant));
    return transaction(
        () ->
            writes.commit(
                caller("*", "operator"), List.of(change), List.of(draft(tenant, "test.write", 0))));
  }

  public <T> T transaction(Supplier<Uni<T>> work) {
    return background.run(() -> database.transaction(work)).await().atMost(Duration.ofSeconds(60));
  }

  public static Caller caller(String reach, String username) {
    return new Caller(
        Reach.parse(reach),
        Optional.of(new Username(username)),
        Scope.EVERY,
        Credential.API_KEY,
        "192.0.2.7");
  }

  private static AuditDraft draft(String tenant, String action, int number) {
    return AuditDraft.changed(
        Reach.parse(tenant),
        action,
        "/api/v1/tests/" + number,
        Map.of("number", number),
        Map.of("number", number + 1, "text", "quote \" and ü"));
  }
}
