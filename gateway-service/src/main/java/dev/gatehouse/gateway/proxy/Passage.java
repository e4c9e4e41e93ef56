package dev.gatehouse.gateway.proxy;

import dev.gatehouse.gateway.upstream.Upstream;
import org.jspecify.annotations.Nullable;

/**
 * A request that was allowed: where it goes, and on whose behalf.
 *
 * @param uri path and query, as the upstream gets them
 * @param orgId what the upstream is told as its tenant; null: what the client says itself, which an
 *     api in report mode passes on where the gateway would refuse
 * @param setCookie whether the upstream may set cookies
 */
record Passage(
    Upstream upstream,
    String uri,
    String tenantHeader,
    @Nullable String orgId,
    boolean setCookie) {}
