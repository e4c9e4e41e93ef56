package dev.gatehouse.common.error;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Everything that a resource throws, as a problem. */
class ProblemMappers {

  @ServerExceptionMapper
  Response refused(Refusal refusal, RoutingContext request) {
    return respond(Problems.refusalOf(refusal, RequestId.of(request)), request);
  }

  @ServerExceptionMapper
  Response malformedJson(JacksonException e, RoutingContext request) {
    return respond(jsonRefusal(e), request);
  }

  @ServerExceptionMapper
  Response mismatchedJson(
      com.fasterxml.jackson.databind.exc.MismatchedInputException e, RoutingContext request) {
    return respond(jsonRefusal(e), request);
  }

  @ServerExceptionMapper
  Response answeredByTheFramework(WebApplicationException e, RoutingContext request) {
    return respond(frameworkRefusal(e, request), request);
  }

  @ServerExceptionMapper
  Response unexpected(Throwable failure, RoutingContext request) {
    return respond(Problems.refusalOf(failure, RequestId.of(request)), request);
  }

  private static Refusal frameworkRefusal(WebApplicationException e, RoutingContext request) {
    if (e.getCause() instanceof JacksonException json) {
      return jsonRefusal(json);
    }
    return switch (e.getResponse().getStatus()) {
      case 404 -> new NotFound(ErrorCode.ROUTE_UNKNOWN, "There is nothing at this path");
      case 405 -> new Invalid(ErrorCode.METHOD_NOT_ALLOWED, "This path does not take this method");
      case 406 -> new Invalid(ErrorCode.NOT_ACCEPTABLE, "Answers are application/json");
      case 413 -> new TooLarge(ErrorCode.BODY_TOO_LARGE, "The body is larger than allowed");
      case 415 ->
          new Invalid(ErrorCode.MEDIA_TYPE_UNSUPPORTED, "Send the body as application/json");
      case 400 -> new Invalid(ErrorCode.REQUEST_MALFORMED, "The request cannot be understood");
      default -> Problems.refusalOf(e, RequestId.of(request));
    };
  }

  /** Names the field; never quotes what was sent, which may be a secret. */
  private static Refusal jsonRefusal(JacksonException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof Refusal refusal) {
        return refusal;
      }
      if (cause instanceof JsonParseException) {
        return new Invalid(ErrorCode.REQUEST_MALFORMED, "The body is not well-formed JSON");
      }
    }
    if (e instanceof UnrecognizedPropertyException unknown) {
      return new Invalid(ErrorCode.FIELD_INVALID, "There is no field " + field(unknown));
    }
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      return new Invalid(
          ErrorCode.FIELD_INVALID, "The field " + field(mapping) + " has a value of another form");
    }
    return new Invalid(
        ErrorCode.REQUEST_MALFORMED, "The body is not the JSON object expected here");
  }

  private static String field(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(
                step ->
                    step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
            .collect(Collectors.joining("."));
    return path.length() <= 100 ? path : path.substring(0, 100) + "…";
  }

  private static Response respond(Refusal refusal, RoutingContext request) {
    Problem problem = Problems.refuse(request, refusal);
    Response.ResponseBuilder response =
        Response.status(problem.status())
            .header(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
            .entity(problem.toJson());
    RetryAfter.of(refusal).ifPresent(seconds -> response.header(RetryAfter.HEADER, seconds));
    return response.build();
  }
}
