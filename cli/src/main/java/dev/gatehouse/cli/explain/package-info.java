/** Why a request is let through, or not. */
@NullMarked
package dev.gatehouse.cli.explain;

import org.jspecify.annotations.NullMarked;
