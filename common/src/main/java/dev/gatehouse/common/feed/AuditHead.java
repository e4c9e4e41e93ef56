package dev.gatehouse.common.feed;

/**
 * How far a service's audit log goes. Followers keep it, so that a log that was cut or rewritten
 * shows.
 *
 * @param sequence of the newest entry; 0: none
 * @param hash of the newest entry, which covers all before it; lower-case hex
 * @param seal a MAC of both with a key derived from the API key; lower-case hex
 */
public record AuditHead(long sequence, String hash, String seal) {}
