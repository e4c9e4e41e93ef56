package dev.gatehouse.gateway.control;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.gateway.proxy.DryRun;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A request that is to be explained.
 *
 * @param token never shown and never logged
 */
record ExplainRequest(String token, DryRun.Asked asked) {

  /** The token stands for the one, the URL for the other. */
  private static final Set<String> LEFT_OUT = Set.of("authorization", "host");

  /**
   * Reads {@code {token, method, url, headers?}}.
   *
   * @throws Invalid without quoting anything of it
   */
  static ExplainRequest parse(Buffer body) {
    JsonObject json = object(body);
    String method = text(json, "method");
    if (!method.matches("[A-Z]{1,20}")) {
      throw invalid("method is a method of HTTP in capital letters, such as GET");
    }
    String url = text(json, "url");
    int host = url.indexOf("://") + 3;
    if (!List.of("http", "https")
        .contains(url.substring(0, Math.max(0, host - 3)).toLowerCase(Locale.ROOT))) {
      throw invalid("url is an absolute URL, such as https://loki-acme.example.com/ready");
    }
    int path = endOfHost(url, host);
    String rest = url.substring(path);
    return new ExplainRequest(
        text(json, "token"),
        new DryRun.Asked(
            method,
            url.substring(host, path),
            rest.startsWith("/") ? rest : "/" + rest,
            headers(json.getValue("headers"))));
  }

  private static int endOfHost(String url, int host) {
    int end = host;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private static MultiMap headers(Object given) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    if (given == null) {
      return headers;
    }
    if (!(given instanceof JsonObject named)) {
      throw noHeaders();
    }
    for (Map.Entry<String, Object> header : named) {
      if (!LEFT_OUT.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        add(headers, header.getKey(), header.getValue());
      }
    }
    return headers;
  }

  private static void add(MultiMap headers, String name, Object value) {
    if (value instanceof String text) {
      headers.add(name, text);
    } else if (value instanceof JsonArray several
        && several.stream().allMatch(String.class::isInstance)) {
      several.forEach(each -> headers.add(name, (String) each));
    } else {
      throw noHeaders();
    }
  }

  private static JsonObject object(Buffer body) {
    try {
      return new JsonObject(body);
    } catch (DecodeException | ClassCastException e) {
      throw new Invalid(ErrorCode.REQUEST_MALFORMED, "The body is not an object of JSON");
    }
  }

  private static String text(JsonObject json, String field) {
    if (json.getValue(field) instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw invalid(field + " is missing, or is no text");
  }

  private static Invalid noHeaders() {
    return invalid("headers is an object of texts, or of lists of texts");
  }

  private static Invalid invalid(String detail) {
    return new Invalid(ErrorCode.FIELD_INVALID, detail);
  }

  @Override
  public String toString() {
    return "ExplainRequest[" + asked.method() + " " + asked.authority() + "]";
  }
}
