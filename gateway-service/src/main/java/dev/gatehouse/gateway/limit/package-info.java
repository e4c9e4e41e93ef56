/** What a tenant may use, and how much of that falls to this gateway (design §5.4). */
@NullMarked
package dev.gatehouse.gateway.limit;

import org.jspecify.annotations.NullMarked;
