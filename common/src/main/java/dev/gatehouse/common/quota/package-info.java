/** How many objects, and how many writes, the tenants below one top-level tenant may have. */
@NullMarked
package dev.gatehouse.common.quota;

import org.jspecify.annotations.NullMarked;
