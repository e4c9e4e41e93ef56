package dev.gatehouse.gateway.authentication;

import io.vertx.core.Future;

/** Where tokens are verified that nobody remembers. What comes out is remembered. */
interface Verification extends AutoCloseable {

  /** The result may come from a verification that began before this call, on any thread. */
  Future<Outcome> verify(TokenHash hash, String token);

  @Override
  void close();
}
