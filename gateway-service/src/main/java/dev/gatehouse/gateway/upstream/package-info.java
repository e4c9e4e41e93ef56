/** The backends: where they are, and how patient to be with them (design §5.1, §8). */
@NullMarked
package dev.gatehouse.gateway.upstream;

import org.jspecify.annotations.NullMarked;
