/**
 * What a backend can be asked for: catalogs of operations, and the matching of requests to them.
 */
@NullMarked
package dev.gatehouse.gateway.catalog;

import org.jspecify.annotations.NullMarked;
