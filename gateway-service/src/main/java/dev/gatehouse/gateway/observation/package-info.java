/** What operators see of the requests (design §9). */
@NullMarked
package dev.gatehouse.gateway.observation;

import org.jspecify.annotations.NullMarked;
