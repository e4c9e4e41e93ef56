/** Bodies of requests that may hold secrets by mistake. */
@NullMarked
package dev.gatehouse.key.body;

import org.jspecify.annotations.NullMarked;
