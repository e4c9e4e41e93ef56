/** Access tokens for the control plane: fetched, remembered, renewed. */
@NullMarked
package dev.gatehouse.cli.login;

import org.jspecify.annotations.NullMarked;
