/** The whole registry as a file. */
@NullMarked
package dev.gatehouse.cli.registry;

import org.jspecify.annotations.NullMarked;
