/** The public keys that an instance trusts. */
@NullMarked
package dev.gatehouse.cli.anchor;

import org.jspecify.annotations.NullMarked;
