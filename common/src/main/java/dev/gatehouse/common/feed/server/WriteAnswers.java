package dev.gatehouse.common.feed.server;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** The answers to writes: at once, or, for who is willing to wait, with what the receipt says. */
@ApplicationScoped
public class WriteAnswers {

  private final Receipts receipts;

  WriteAnswers(Receipts receipts) {
    this.receipts = receipts;
  }

  /**
   * Answers with status {@code complete}, or 202 while gateways are missing.
   *
   * @param view the body, given the names of the gateways that are missing, if any are
   */
  public <T> Uni<ResponseBuilder<T>> answer(
      Revision revision,
      Optional<Wait> patience,
      int complete,
      Function<Optional<List<String>>, T> view) {
    if (patience.isEmpty()) {
      return Uni.createFrom().item(tagged(revision, complete, view.apply(Optional.empty())));
    }
    return receipts
        .await(revision, patience.get())
        .map(
            receipt ->
                receipt.complete()
                    ? tagged(revision, complete, view.apply(Optional.empty()))
                    : tagged(revision, 202, view.apply(Optional.of(receipt.missing()))));
  }

  /** An object with its revision as {@code ETag} (RFC 9110 §8.8.3). */
  public static <T> ResponseBuilder<T> tagged(Revision revision, int status, T body) {
    return ResponseBuilder.<T>create(status).entity(body).header(HttpHeaders.ETAG, revision.eTag());
  }
}
