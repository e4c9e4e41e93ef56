/**
 * The data plane: a request comes in, is checked, and its bytes go to the backend and back. {@link
 * dev.gatehouse.gateway.proxy.DataPlane} is where to start reading.
 */
@NullMarked
package dev.gatehouse.gateway.proxy;

import org.jspecify.annotations.NullMarked;
