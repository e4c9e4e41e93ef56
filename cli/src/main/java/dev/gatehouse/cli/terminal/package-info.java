/** What the command reads from and writes to. */
@NullMarked
package dev.gatehouse.cli.terminal;

import org.jspecify.annotations.NullMarked;
