/** Stand-ins for the neighbours of this service, on loopback HTTP. */
@NullMarked
package dev.gatehouse.key.fake;

import org.jspecify.annotations.NullMarked;
