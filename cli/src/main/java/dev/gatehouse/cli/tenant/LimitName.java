package dev.gatehouse.cli.tenant;

import java.util.Arrays;

/** What of a tenant's use may be limited (design §5.4). */
public enum LimitName {
  REQUESTS_PER_SECOND("requests-per-second", "requestsPerSecond"),
  BYTES_PER_SECOND("bytes-per-second", "bytesPerSecond"),
  CONCURRENT_REQUESTS("concurrent-requests", "concurrentRequests"),
  OPEN_STREAMS("open-streams", "openStreams"),
  BODY_BYTES("body-bytes", "bodyBytes");

  private final String text;
  private final String field;

  LimitName(String text, String field) {
    this.text = text;
    this.field = field;
  }

  public static LimitName parse(String text) {
    return Arrays.stream(values())
        .filter(name -> name.text.equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the limits are " + Limit.NAMES));
  }

  /** In the API. */
  String field() {
    return field;
  }
}
