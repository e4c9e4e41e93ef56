/** Tenant API tokens, minted without a network. */
@NullMarked
package dev.gatehouse.cli.token;

import org.jspecify.annotations.NullMarked;
