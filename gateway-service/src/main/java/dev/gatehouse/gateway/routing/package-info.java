/** Where a request goes: host and path to an api and a tenant, and how the apis are configured. */
@NullMarked
package dev.gatehouse.gateway.routing;

import org.jspecify.annotations.NullMarked;
