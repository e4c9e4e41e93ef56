package dev.gatehouse.common.feed.server;

import dev.gatehouse.common.feed.FeedHash;
import java.util.Optional;

/**
 * The head of the feed, and the hash at one revision.
 *
 * @param hash empty when that change was compacted away or never was
 */
record FeedPoint(FeedHead head, Optional<FeedHash> hash) {}
