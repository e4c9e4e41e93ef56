/** Tokens that are no longer accepted, though they are signed and not over. */
@NullMarked
package dev.gatehouse.cli.revocation;

import org.jspecify.annotations.NullMarked;
