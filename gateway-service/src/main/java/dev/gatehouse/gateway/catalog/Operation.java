package dev.gatehouse.gateway.catalog;

import java.util.List;

/**
 * Something that a backend can be asked for.
 *
 * @param name the path pattern without the api's prefix, for metrics and logs; as many as the
 *     catalog has, whatever clients send
 * @param groups the path groups that it belongs to, the narrowest first: by them an api may have
 *     upstreams of its own for some operations
 * @param addedPrefix what goes before the client's path on the way to the backend; mostly empty
 */
public record Operation(
    String name, OperationClass kind, List<String> groups, Traits traits, String addedPrefix)
    implements Match {

  public Operation {
    groups = List.copyOf(groups);
  }

  public boolean webSocket() {
    return traits.webSocket();
  }

  public boolean federation() {
    return traits.federation();
  }

  public boolean otlp() {
    return traits.otlp();
  }

  public boolean grpc() {
    return traits.grpc();
  }
}
