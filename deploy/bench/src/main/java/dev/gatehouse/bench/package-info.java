/** Measures a running instance from outside, against the bounds of the design. */
@NullMarked
package dev.gatehouse.bench;

import org.jspecify.annotations.NullMarked;
