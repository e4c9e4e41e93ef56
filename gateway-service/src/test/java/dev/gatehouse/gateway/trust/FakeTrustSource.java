package dev.gatehouse.gateway.trust;

import java.time.Instant;

/** A source that holds what a test puts into it. */
public final class FakeTrustSource implements TrustSource {

  private volatile Trust trust;
  private volatile boolean ready = true;
  private volatile boolean stale;
  private volatile long keysRevision;
  private volatile Instant now = Instant.now();

  public FakeTrustSource(Trust trust) {
    this.trust = trust;
  }

  public void set(Trust value) {
    trust = value;
  }

  public void ready(boolean value) {
    ready = value;
  }

  public void stale(boolean value) {
    stale = value;
  }

  public void keysRevision(long value) {
    keysRevision = value;
  }

  public void now(Instant value) {
    now = value;
  }

  @Override
  public Trust current() {
    return trust;
  }

  @Override
  public boolean ready() {
    return ready;
  }

  @Override
  public boolean stale() {
    return stale;
  }

  @Override
  public long keysRevision() {
    return keysRevision;
  }

  @Override
  public Instant now() {
    return now;
  }
}
