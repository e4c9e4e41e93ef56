package dev.gatehouse.tenant.bootstrap;

/** Why nothing was done: one sentence, which holds no secret. */
final class Refused extends Exception {

  private static final long serialVersionUID = 1;

  Refused(String sentence) {
    super(sentence);
  }
}
