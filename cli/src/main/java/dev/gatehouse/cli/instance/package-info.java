/** Which instances the command knows, and how to log in to them. */
@NullMarked
package dev.gatehouse.cli.instance;

import org.jspecify.annotations.NullMarked;
