package dev.gatehouse.gateway;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the gateway. */
@QuarkusMain
public final class Gateway {

  private Gateway() {}

  public static void main(String... args) {
    // Quarkus parses each target and answers 400 without a word. StrictPath refuses more, says why,
    // and lets a query like {job="x"} through that backends have always been sent.
    System.setProperty("vertx.disableURIValidation", "true");
    Quarkus.run(args);
  }
}
