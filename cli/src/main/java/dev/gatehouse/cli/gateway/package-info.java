/** The gateways of an instance. */
@NullMarked
package dev.gatehouse.cli.gateway;

import org.jspecify.annotations.NullMarked;
