package dev.gatehouse.common.feed.server;

import java.util.UUID;

/** The history that followers may take from its beginning, as an operator has said. */
public record AcceptedHistory(String feed, UUID epoch, Revision revision) {}
