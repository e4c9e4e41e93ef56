package dev.gatehouse.gateway.limit;

import dev.gatehouse.common.feed.TenantLimits;
import java.util.List;
import java.util.Optional;

/** What of a tenant's use is limited. */
public enum LimitKind {
  REQUESTS_PER_SECOND("requestsPerSecond", "requests per second"),
  BYTES_PER_SECOND("bytesPerSecond", "bytes per second"),
  CONCURRENT_REQUESTS("concurrentRequests", "concurrent requests"),
  OPEN_STREAMS("openStreams", "open streams"),
  /** Of one request, so that there is nothing to share. */
  BODY_BYTES("bodyBytes", "body bytes");

  /** Those that the gateways share among each other. */
  static final List<LimitKind> SHARED =
      List.of(REQUESTS_PER_SECOND, BYTES_PER_SECOND, CONCURRENT_REQUESTS, OPEN_STREAMS);

  private final String field;
  private final String words;
  private final String label;

  LimitKind(String field, String words) {
    this.field = field;
    this.words = words;
    this.label = words.replace(' ', '_');
  }

  /** In JSON. */
  String field() {
    return field;
  }

  /** For people. */
  String words() {
    return words;
  }

  /** In metrics. */
  public String label() {
    return label;
  }

  Optional<Long> of(TenantLimits limits) {
    return switch (this) {
      case REQUESTS_PER_SECOND -> limits.requestsPerSecond();
      case BYTES_PER_SECOND -> limits.bytesPerSecond();
      case CONCURRENT_REQUESTS -> limits.concurrentRequests();
      case OPEN_STREAMS -> limits.openStreams();
      case BODY_BYTES -> limits.bodyBytes();
    };
  }
}
