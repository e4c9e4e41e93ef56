/** The follower's side of a change feed: asking, and checking that the history goes on. */
@NullMarked
package dev.gatehouse.common.feed.client;

import org.jspecify.annotations.NullMarked;
