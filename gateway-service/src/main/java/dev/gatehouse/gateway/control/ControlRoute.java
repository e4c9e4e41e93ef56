package dev.gatehouse.gateway.control;

import java.time.Duration;
import java.util.Set;

/** Where a request on a control host leads. */
sealed interface ControlRoute {

  /**
   * It goes to a service.
   *
   * @param target path and query, made from what was understood and never from what was received
   * @param mediaTypes what the body may be; without any there is none
   * @param patience how long the service may take
   */
  record To(Service service, String target, Set<String> mediaTypes, Duration patience)
      implements ControlRoute {

    public To {
      mediaTypes = Set.copyOf(mediaTypes);
    }
  }

  /**
   * The path is one of ours, and takes other methods.
   *
   * @param allow the methods that the path takes, as in the header (RFC 9110 §10.2.1)
   */
  record WrongMethod(String allow) implements ControlRoute {}

  record Unknown() implements ControlRoute {}
}
