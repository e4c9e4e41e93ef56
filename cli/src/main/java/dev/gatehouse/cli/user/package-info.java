/** People that identity providers name. */
@NullMarked
package dev.gatehouse.cli.user;

import org.jspecify.annotations.NullMarked;
