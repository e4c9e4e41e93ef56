package dev.gatehouse.gateway.control;

import java.time.Duration;

/** Where a request on a control host leads. */
sealed interface ControlRoute {

  /** There is such a route. */
  sealed interface Known extends ControlRoute {

    /** What is asked for, made from what was understood and never from what was received. */
    String path();

    Content content();

    /** Which service writes down that the call was refused. */
    Service keeper();
  }

  /**
   * It goes to a service.
   *
   * @param target path and query at the service
   * @param patience how long the service may take
   */
  record To(Service service, String path, String target, Content content, Duration patience)
      implements Known {

    @Override
    public Service keeper() {
      return service;
    }
  }

  /** The gateway answers. */
  record Own(Here what, String path, ControlQuery query, Content content) implements Known {

    @Override
    public Service keeper() {
      return Service.TENANTS;
    }

    /** What stands last in the path. */
    String last() {
      return path.substring(path.lastIndexOf('/') + 1);
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
