package dev.gatehouse.common.error;

/**
 * An RFC 9457 problem, written on one line with {@code code} and {@code detail} first, because
 * clients such as Prometheus log only the first line of an answer.
 */
public record Problem(ErrorCode code, String detail, String requestId) {

  public static final String MEDIA_TYPE = "application/problem+json";
  private static final String TYPE_PREFIX = "https://gatehouse.dev/errors#";
  private static final String HEX = "0123456789abcdef";

  public static Problem of(Refusal refusal, String requestId) {
    return new Problem(refusal.code(), refusal.detail(), requestId);
  }

  public int status() {
    return code.status();
  }

  public String toJson() {
    StringBuilder json = new StringBuilder(256).append("{\"code\":");
    quote(json, code.code());
    quote(json.append(",\"detail\":"), detail);
    json.append(",\"status\":").append(code.status());
    quote(json.append(",\"title\":"), code.title());
    quote(json.append(",\"type\":"), TYPE_PREFIX + code.code());
    quote(json.append(",\"requestId\":"), requestId);
    return json.append('}').toString();
  }

  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < 0x20 || c > 0x7e) {
        json.append("\\u")
            .append(HEX.charAt(c >> 12))
            .append(HEX.charAt((c >> 8) & 0xf))
            .append(HEX.charAt((c >> 4) & 0xf))
            .append(HEX.charAt(c & 0xf));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
