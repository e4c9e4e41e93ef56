/** The {@code gatehouse} command: which commands there are, and what each outcome exits with. */
@NullMarked
package dev.gatehouse.cli;

import org.jspecify.annotations.NullMarked;
