/**
 * The change feed as a service keeps and serves it (design: change feed, receipts): appending
 * within the caller's transaction, following the table in memory, long polls, who has applied what.
 */
@NullMarked
package dev.gatehouse.common.feed.server;

import org.jspecify.annotations.NullMarked;
