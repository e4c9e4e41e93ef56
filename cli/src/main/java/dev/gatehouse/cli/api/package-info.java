/** Calls of an instance's control plane. */
@NullMarked
package dev.gatehouse.cli.api;

import org.jspecify.annotations.NullMarked;
