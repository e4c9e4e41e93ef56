/** The change feed as it travels: what changed, in which order, and the hash that chains it. */
@NullMarked
package dev.gatehouse.common.feed;

import org.jspecify.annotations.NullMarked;
