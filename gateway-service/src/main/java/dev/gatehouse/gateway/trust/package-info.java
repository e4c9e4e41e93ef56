/**
 * What the gateway trusts: tenants, anchors and issuers in memory, followed from the feeds of the
 * services, kept on disk. Read {@link dev.gatehouse.gateway.trust.Trust}, then {@code
 * FeedFollower}, then {@code Journal}.
 */
@NullMarked
package dev.gatehouse.gateway.trust;

import org.jspecify.annotations.NullMarked;
