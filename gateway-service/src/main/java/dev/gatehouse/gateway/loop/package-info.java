/** What is done once for each turn of an event loop. */
@NullMarked
package dev.gatehouse.gateway.loop;

import org.jspecify.annotations.NullMarked;
