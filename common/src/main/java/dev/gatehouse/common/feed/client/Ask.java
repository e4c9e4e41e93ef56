package dev.gatehouse.common.feed.client;

import java.time.Duration;

/**
 * A question to a feed.
 *
 * @param since which is also told to be applied, and kept where that is needed
 * @param acknowledges whether it is told so; else the question comes from nobody who counts
 * @param hold how long the service may hold the answer back until there is news
 */
public record Ask(FeedPosition since, boolean acknowledges, Duration hold) {}
