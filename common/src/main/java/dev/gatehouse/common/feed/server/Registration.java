package dev.gatehouse.common.feed.server;

/**
 * What is stored of a watcher after a contact.
 *
 * @param replayCompaction under which compaction it is being replayed from the beginning; -1: not
 * @param replayRevision up to where that replay has come
 * @param head a head of the feed that was read after the contact was stored: an answer may not be
 *     older, else a watcher that no receipt has counted could serve what was removed before
 */
record Registration(long replayCompaction, long replayRevision, long head) {

  boolean isReplayedTo(long revision, long compactedThrough) {
    return replayCompaction == compactedThrough && replayRevision == revision;
  }
}
