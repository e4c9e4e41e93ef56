/** The tenants of an instance. */
@NullMarked
package dev.gatehouse.cli.tenant;

import org.jspecify.annotations.NullMarked;
