package dev.gatehouse.common.feed;

import dev.gatehouse.common.apikey.AuthApiKey;

/**
 * How far a service's audit log goes. Followers keep it, so that a log that was cut or rewritten
 * shows.
 *
 * @param sequence of the newest entry; 0: none
 * @param hash of the newest entry, which covers all before it; lower-case hex
 * @param seal a MAC of both with a key derived from the API key; lower-case hex, two of them joined
 *     by a dot while that key is being rotated; empty when the service found that its log was
 *     tampered with
 */
public record AuditHead(long sequence, String hash, String seal) {

  private static final String PURPOSE = "audit head";

  /**
   * The head with its seal.
   *
   * @param service the name of the service's feed
   */
  public static AuditHead sealed(AuthApiKey key, String service, long sequence, String hash) {
    return new AuditHead(sequence, hash, Mac.of(key, PURPOSE, text(service, sequence, hash)));
  }

  /** Whether somebody who has the API key, or the one before it, has sealed this. */
  public boolean isSealed(AuthApiKey key, String service) {
    return Mac.verifies(key, PURPOSE, text(service, sequence, hash), seal);
  }

  private static String text(String service, long sequence, String hash) {
    return service + "\n" + sequence + "\n" + hash;
  }
}
