package dev.gatehouse.common.error;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** A content type whose charset nobody knows is not supported; it is no fault of ours. */
class CharsetMappers {

  @ServerExceptionMapper
  Response unsupported(UnsupportedCharsetException e, RoutingContext request) {
    return unsupportedMediaType(request);
  }

  @ServerExceptionMapper
  Response illegal(IllegalCharsetNameException e, RoutingContext request) {
    return unsupportedMediaType(request);
  }

  private static Response unsupportedMediaType(RoutingContext request) {
    Problem problem =
        Problem.of(
            new Invalid(ErrorCode.MEDIA_TYPE_UNSUPPORTED, "Send the body as application/json"),
            RequestId.of(request));
    return Response.status(problem.status())
        .header(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .entity(problem.toJson())
        .build();
  }
}
