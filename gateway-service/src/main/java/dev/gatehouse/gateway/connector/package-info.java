/**
 * Connections to backends and the requests on them (design §5.2): what the listener is towards
 * clients. One request at a time on an HTTP/1 connection; HTTP/2 is left to Vert.x.
 */
@NullMarked
package dev.gatehouse.gateway.connector;

import org.jspecify.annotations.NullMarked;
