package dev.gatehouse.key.fetch;

import io.vertx.core.MultiMap;
import java.util.Optional;

/** An answer of another server, with a body that is within the limit. */
public record Fetched(int status, MultiMap headers, String body) {

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
