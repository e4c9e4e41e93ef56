package dev.gatehouse.gateway.control;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.gateway.answer.Answers;
import dev.gatehouse.gateway.request.RequestId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The OpenAPI description of the control plane, for everybody: it holds no secret. */
final class Description {

  /** Where the build puts it. */
  static final String RESOURCE = "openapi/gatehouse.yaml";

  private static final String MEDIA_TYPE = "application/yaml";

  private final Optional<Document> document;

  private record Document(Buffer text, String eTag) {

    static Document of(byte[] text) {
      return new Document(Buffer.buffer(text), '"' + digest(text) + '"');
    }
  }

  private Description(Optional<Document> document) {
    this.document = document;
  }

  /** Of a file on the class path; where there is none, so is the route. */
  static Description onClassPath(ClassLoader loader, String resource) {
    try (InputStream in = loader.getResourceAsStream(resource)) {
      return new Description(
          in == null ? Optional.empty() : Optional.of(Document.of(in.readAllBytes())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void answer(HttpServerRequest request, String requestId) {
    if (document.isEmpty()) {
      Answers.refuse(request, ErrorCode.ROUTE_UNKNOWN, "There is nothing here", requestId);
      return;
    }
    Document found = document.get();
    HttpServerResponse response = request.response();
    response.headers().set(HttpHeaders.ETAG, found.eTag());
    response.headers().set(HttpHeaders.CACHE_CONTROL, "no-cache");
    response.headers().set(RequestId.HEADER, requestId);
    if (isKnown(request.headers().getAll(HttpHeaders.IF_NONE_MATCH), found.eTag())) {
      response.setStatusCode(304).end();
      return;
    }
    response.headers().set(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE);
    response.headers().set(HttpHeaders.CONTENT_LENGTH, Integer.toString(found.text().length()));
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(found.text());
    }
  }

  /** Compares weakly (RFC 9110 §13.1.2). */
  static boolean isKnown(List<String> ifNoneMatch, String eTag) {
    return ifNoneMatch.stream()
        .flatMap(header -> Arrays.stream(header.split(",", -1)))
        .map(String::trim)
        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
        .anyMatch(tag -> tag.equals("*") || tag.equals(eTag));
  }

  private static String digest(byte[] text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
