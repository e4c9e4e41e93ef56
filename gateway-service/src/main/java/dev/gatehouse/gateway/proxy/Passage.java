package dev.gatehouse.gateway.proxy;

import dev.gatehouse.common.name.OrgId;
import dev.gatehouse.gateway.upstream.Upstream;

/**
 * A request that was allowed: where it goes, and on whose behalf.
 *
 * @param uri path and query, as the upstream gets them
 * @param setCookie whether the upstream may set cookies
 * @param webSocket whether the request may become a WebSocket
 */
record Passage(
    Upstream upstream,
    String uri,
    String tenantHeader,
    OrgId orgId,
    boolean setCookie,
    boolean webSocket) {}
