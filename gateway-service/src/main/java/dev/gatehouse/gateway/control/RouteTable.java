package dev.gatehouse.gateway.control;

import dev.gatehouse.common.error.Invalid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the route of a call. A path that fits no line leads nowhere. */
final class RouteTable {

  private static final ControlRoute UNKNOWN = new ControlRoute.Unknown();

  private final Map<String, Place> places = new LinkedHashMap<>();

  /** A path and what it takes. */
  private record Place(RoutePath form, Map<String, Route> byMethod) {

    ControlRoute find(String method, List<String> segments, String query) {
      Route route = byMethod.get(method.equals("HEAD") ? "GET" : method);
      if (route != null) {
        return route.lead(form, segments, query);
      }
      form.rebuilt(segments);
      return new ControlRoute.WrongMethod(String.join(", ", byMethod.keySet()));
    }
  }

  RouteTable(List<Route> routes) {
    for (Route route : routes) {
      Place place =
          places.computeIfAbsent(
              route.path(), form -> new Place(new RoutePath(form), new LinkedHashMap<>()));
      if (place.byMethod().put(route.method(), route) != null) {
        throw new IllegalArgumentException("Twice: " + route.method() + " " + route.path());
      }
    }
  }

  /**
   * @param segments the decoded segments of the path
   * @param query as received; empty for none
   * @throws Invalid for a name, id or query parameter that cannot be one
   */
  ControlRoute find(String method, List<String> segments, String query) {
    if (segments.size() < 3 || !segments.get(0).equals("api") || !segments.get(1).equals("v1")) {
      return UNKNOWN;
    }
    List<String> below = segments.subList(2, segments.size());
    for (Place place : places.values()) {
      if (place.form().fits(below)) {
        return place.find(method, below, query);
      }
    }
    return UNKNOWN;
  }
}
