package dev.gatehouse.common.error;

import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.ThreadLocalRandom;

/** Names one request in its answer and in our log, so that the one leads to the other. */
public final class RequestId {

  public static final String HEADER = "X-Request-Id";
  private static final String KEY = RequestId.class.getName();

  private RequestId() {}

  /** The id of this request, made at first use and set as a header of its answer. */
  public static String of(RoutingContext request) {
    String id = request.get(KEY);
    if (id == null) {
      id = generate();
      request.put(KEY, id);
      request.response().putHeader(HEADER, id);
    }
    return id;
  }

  /** 16 hex digits: no secret, only unlikely to repeat within the life of a log. */
  public static String generate() {
    String hex = Long.toHexString(ThreadLocalRandom.current().nextLong());
    return "0".repeat(16 - hex.length()) + hex;
  }
}
