/** HTTP as the command speaks it. */
@NullMarked
package dev.gatehouse.cli.http;

import org.jspecify.annotations.NullMarked;
