/** Files that only their owner may read. */
@NullMarked
package dev.gatehouse.cli.file;

import org.jspecify.annotations.NullMarked;
