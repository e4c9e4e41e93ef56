package dev.gatehouse.gateway.control;

import dev.gatehouse.common.error.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.stream.Stream;

/**
 * A service's answer that the gateway reads itself. It is an object of JSON, or a problem of ours;
 * whatever else comes counts as no answer, so that nothing strange is ever passed on.
 */
final class ServiceReply {

  /** A page of the audit log at its longest. */
  static final int MAX_BYTES = 16 * 1024 * 1024;

  private ServiceReply() {}

  /**
   * Fails with {@link ServiceRefusal} for a refusal, and otherwise when it is not what it must be.
   */
  static Future<JsonObject> read(HttpClientResponse answer) {
    boolean mayBeEmpty = !answer.request().getMethod().equals(HttpMethod.GET);
    return body(answer).map(body -> understood(answer.statusCode(), body, mayBeEmpty));
  }

  private static Future<Buffer> body(HttpClientResponse answer) {
    Promise<Buffer> whole = Promise.promise();
    String length = answer.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null && (length.length() > 9 || Long.parseLong(length) > MAX_BYTES)) {
      answer.exceptionHandler(reset -> {});
      answer.request().reset();
      return Future.failedFuture(new IOException("it answered with " + length + " bytes"));
    }
    Buffer body = Buffer.buffer();
    answer.exceptionHandler(whole::tryFail);
    answer.handler(
        chunk -> {
          if (body.length() + chunk.length() > MAX_BYTES) {
            whole.tryFail(new IOException("it answered with more than " + MAX_BYTES + " bytes"));
            answer.request().reset();
          } else {
            body.appendBuffer(chunk);
          }
        });
    answer.endHandler(end -> whole.tryComplete(body));
    return whole.future();
  }

  private static JsonObject understood(int status, Buffer body, boolean mayBeEmpty) {
    boolean success = status >= 200 && status < 300;
    if (success && body.length() == 0 && mayBeEmpty) {
      return new JsonObject();
    }
    JsonObject json = json(status, body);
    if (success) {
      return json;
    }
    Object code = json.getValue("code");
    Object detail = json.getValue("detail");
    ErrorCode known =
        Stream.of(ErrorCode.values())
            .filter(it -> it.code().equals(code) && it.status() == status)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("it answered " + status));
    // 401 is about our own key, and 5xx about the service: neither is the client's affair.
    if (status < 400 || status == 401 || status >= 500) {
      throw new IllegalStateException("it answered " + status + " " + known.code());
    }
    throw new ServiceRefusal(known, detail instanceof String text ? text : known.title());
  }

  private static JsonObject json(int status, Buffer body) {
    try {
      return new JsonObject(body);
    } catch (DecodeException | ClassCastException e) {
      throw new IllegalStateException("it answered " + status + " without an object of JSON");
    }
  }
}
