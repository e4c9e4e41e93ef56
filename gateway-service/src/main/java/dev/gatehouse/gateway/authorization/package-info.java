/** Which tenant a request acts as, and whether it may: pure decisions (design §4.4). */
@NullMarked
package dev.gatehouse.gateway.authorization;

import org.jspecify.annotations.NullMarked;
