/** How the limits of tenants are shared among the gateways: by the demand that each observes. */
@NullMarked
package dev.gatehouse.tenant.demand;

import org.jspecify.annotations.NullMarked;
