package dev.gatehouse.gateway.control;

import static dev.gatehouse.gateway.control.Content.BATCH;
import static dev.gatehouse.gateway.control.Content.JSON;
import static dev.gatehouse.gateway.control.Content.MAYBE_JSON;
import static dev.gatehouse.gateway.control.Content.NONE;
import static dev.gatehouse.gateway.control.Content.PATCH;
import static dev.gatehouse.gateway.control.Route.route;
import static dev.gatehouse.gateway.control.Service.KEYS;
import static dev.gatehouse.gateway.control.Service.TENANTS;

import dev.gatehouse.common.error.Invalid;
import java.time.Duration;
import java.util.List;

/**
 * What the control plane offers (design §6). A path is taken apart and put together again, so
 * nothing else of a service can be reached, however a request is spelled.
 */
final class ControlRoutes {

  /** An identity provider is asked: discovery, then its keys. */
  private static final Duration FETCHING = Duration.ofSeconds(15);

  /** Hundreds of objects in one transaction. */
  private static final Duration IMPORTING = Duration.ofSeconds(20);

  private static final RouteTable TABLE =
      new RouteTable(
          List.of(
              route("GET", "tenants", TENANTS, NONE, "prefix", "status", "limit", "cursor"),
              route("POST", "tenants", TENANTS, JSON, "wait"),
              route("GET", "tenants/{tenant}", TENANTS, NONE),
              route("PATCH", "tenants/{tenant}", TENANTS, PATCH, "wait"),
              route("DELETE", "tenants/{tenant}", TENANTS, NONE, "recursive", "wait"),
              route("GET", "keys", KEYS, NONE, "owner", "limit", "cursor"),
              route("POST", "keys", KEYS, JSON, "wait"),
              route("GET", "keys/{key}", KEYS, NONE, "owner"),
              route("PATCH", "keys/{key}", KEYS, PATCH, "owner", "wait"),
              route("DELETE", "keys/{key}", KEYS, NONE, "owner", "wait"),
              route("POST", "keys/{key}/not-before", KEYS, MAYBE_JSON, "owner", "wait"),
              route("GET", "revocations", KEYS, NONE, "owner", "type", "limit", "cursor"),
              route("POST", "revocations", KEYS, JSON, "wait"),
              route("GET", "revocations/{revocation}", KEYS, NONE),
              route("DELETE", "revocations/{revocation}", KEYS, NONE, "wait"),
              route("GET", "issuers", KEYS, NONE, "owner", "limit", "cursor"),
              route("POST", "issuers", KEYS, JSON, "wait"),
              route("GET", "issuers/{issuer}", KEYS, NONE, "owner"),
              route("PATCH", "issuers/{issuer}", KEYS, PATCH, "owner", "wait"),
              route("DELETE", "issuers/{issuer}", KEYS, NONE, "owner", "wait"),
              route("POST", "issuers/{issuer}/refresh", KEYS, NONE, "owner", "wait")
                  .within(FETCHING),
              route("DELETE", "users/{issuer}/{username}", KEYS, NONE, "owner", "wait"),
              route("GET", "registry/tenants", TENANTS, NONE, "limit", "cursor"),
              route("POST", "registry/tenants", TENANTS, BATCH, "wait").within(IMPORTING),
              route("GET", "registry/keys", KEYS, NONE, "limit", "cursor"),
              route("POST", "registry/keys", KEYS, BATCH, "wait").within(IMPORTING),
              route("GET", "rollouts/tenants/{revision}", TENANTS, NONE),
              route("GET", "rollouts/keys/{revision}", KEYS, NONE),
              route("GET", "gateways", Here.GATEWAYS, NONE),
              route("DELETE", "gateways/{gateway}", Here.GATEWAY, NONE),
              route(
                  "GET",
                  "audit",
                  Here.AUDIT,
                  NONE,
                  "service",
                  "tenant",
                  "actor",
                  "action",
                  "outcome",
                  "since",
                  "until",
                  "order",
                  "limit",
                  "cursor"),
              route("GET", "audit/verify", Here.AUDIT_VERIFICATION, NONE),
              route("POST", "audit/prune", Here.AUDIT_PRUNING, JSON),
              route("GET", "feeds", Here.FEEDS, NONE),
              route("POST", "feeds/tenants/accept", TENANTS, MAYBE_JSON).at("feeds/accept"),
              route("POST", "feeds/keys/accept", KEYS, MAYBE_JSON).at("feeds/accept"),
              route("POST", "explain", Here.EXPLANATION, JSON),
              route("GET", "openapi.yaml", Here.DESCRIPTION, NONE)));

  private ControlRoutes() {}

  /**
   * @param segments the decoded segments of the path
   * @param query as received; empty for none
   * @throws Invalid for a name, id or query parameter that cannot be one
   */
  static ControlRoute find(String method, List<String> segments, String query) {
    return TABLE.find(method, segments, query);
  }
}
