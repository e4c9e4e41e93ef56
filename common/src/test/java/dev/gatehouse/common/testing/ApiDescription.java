package dev.gatehouse.common.testing;

import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.http.Header;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The description of the public API, {@code openapi/gatehouse.yaml}, held against real calls. What
 * is answered must be described: the operation, the status, the media type, the members of the
 * body, the required headers and the code of a problem. What is accepted must be described too.
 */
public final class ApiDescription {

  static final String RESOURCE = "openapi/gatehouse.yaml";

  private static final String PUBLIC = "/api/v1/";

  /** What the services answer under the public prefix and the gateway does not pass on. */
  private static final Set<String> BEHIND_THE_GATEWAY = Set.of("/api/v1/feeds/accept");

  private static final ApiDescription DESCRIPTION = new ApiDescription(ApiDocument.read(RESOURCE));

  private final ApiDocument document;
  private final List<ApiOperation> operations;

  private ApiDescription(ApiDocument document) {
    this.document = document;
    this.operations = ApiOperation.allOf(document);
  }

  /** The one of this build. */
  public static ApiDescription get() {
    return DESCRIPTION;
  }

  /** Checks what a service answers; what is not under {@code /api/v1} is nobody's business. */
  public static Filter filter() {
    return DESCRIPTION::checked;
  }

  /**
   * Fails when the description has no such answer.
   *
   * @param path percent-encoded, without the query
   * @param body empty for none
   */
  public void check(
      String method, String path, int status, @Nullable String contentType, String body) {
    Optional<ApiOperation> operation = find(method, path);
    if (operation.isPresent()) {
      operation.get().checkAnswer(status, contentType, body, !method.equals("HEAD"));
    } else {
      checkRefusal(method, path, status, body);
    }
  }

  List<ApiOperation> operations() {
    return operations;
  }

  ApiDocument document() {
    return document;
  }

  private Response checked(
      FilterableRequestSpecification request,
      FilterableResponseSpecification expected,
      FilterContext context) {
    Response answer = context.next(request, expected);
    String target = target(request.getURI());
    String path = target.split("\\?", 2)[0];
    if (path.startsWith(PUBLIC) && !BEHIND_THE_GATEWAY.contains(path)) {
      checkCall(request, path, target.substring(path.length()), answer);
    }
    return answer;
  }

  private void checkCall(
      FilterableRequestSpecification request, String path, String query, Response answer) {
    Optional<ApiOperation> operation = find(request.getMethod(), path);
    int status = answer.statusCode();
    boolean accepted = status < 300;
    if (accepted && operation.map(ApiOperation::isTheGatewaysOwn).orElse(false)) {
      return;
    }
    check(request.getMethod(), path, status, answer.contentType(), answer.asString());
    if (operation.isPresent()) {
      List<String> headers = answer.headers().asList().stream().map(Header::getName).toList();
      operation.get().checkHeaders(status, headers);
      if (accepted && (request.getBody() == null || request.getBody() instanceof String)) {
        String body = request.getBody() == null ? "" : request.getBody();
        operation.get().checkRequest(parameters(query), request.getContentType(), body);
      }
    }
  }

  private Optional<ApiOperation> find(String method, String path) {
    return operations.stream().filter(it -> it.isMeantBy(method, path)).findFirst();
  }

  /** What is not described can only be refused. */
  private void checkRefusal(String method, String path, int status, String body) {
    boolean hasBody = !method.equals("HEAD");
    String faults =
        hasBody
            ? document.faults(document.root().at("components").at("schemas").below("Problem"), body)
            : "";
    if (status < 400 || !faults.isEmpty()) {
      throw new AssertionError(
          "%s %s is not described, and answers %d\n%s".formatted(method, path, status, body));
    }
  }

  /** What follows the authority of an absolute URI. */
  private static String target(String uri) {
    int path = uri.indexOf('/', uri.indexOf("://") + 3);
    return path < 0 ? "/" : uri.substring(path);
  }

  private static List<String> parameters(String query) {
    return Arrays.stream(query.split("[?&]", -1))
        .filter(pair -> !pair.isEmpty())
        .map(pair -> URLDecoder.decode(pair.split("=", 2)[0], StandardCharsets.UTF_8))
        .toList();
  }
}
