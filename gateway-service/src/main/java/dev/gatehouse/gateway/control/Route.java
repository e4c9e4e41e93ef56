package dev.gatehouse.gateway.control;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A line of the table of routes.
 *
 * @param path below {@code /api/v1}
 * @param parameters of the query; any other is refused
 * @param patience how long the service may take, without the wait for a receipt
 * @param elsewhere the service's path, where it is another one
 */
record Route(
    String method,
    String path,
    Respondent respondent,
    Content content,
    Set<String> parameters,
    Duration patience,
    Optional<RoutePath> elsewhere) {

  /** A service that has not begun its answer by then counts as gone; clients hear so within 2 s. */
  static final Duration PATIENCE = Duration.ofMillis(1_800);

  Route {
    parameters = Set.copyOf(parameters);
  }

  static Route route(
      String method, String path, Respondent respondent, Content content, String... parameters) {
    return new Route(
        method, path, respondent, content, Set.of(parameters), PATIENCE, Optional.empty());
  }

  /** For what takes its time. */
  Route within(Duration longer) {
    return new Route(method, path, respondent, content, parameters, longer, elsewhere);
  }

  /** The service has it under another path, which has no variables. */
  Route at(String other) {
    return new Route(
        method, path, respondent, content, parameters, patience, Optional.of(new RoutePath(other)));
  }

  /** Where this call leads. */
  ControlRoute lead(RoutePath form, List<String> segments, String query) {
    String asked = form.rebuilt(segments);
    ControlQuery parsed = ControlQuery.parse(query, parameters);
    if (respondent instanceof Service service) {
      String path = elsewhere.map(it -> it.rebuilt(segments)).orElse(asked);
      return new ControlRoute.To(
          service, asked, path + parsed.encoded(), content, parsed.patience(patience));
    }
    return new ControlRoute.Own((Here) respondent, asked, parsed, content);
  }
}
