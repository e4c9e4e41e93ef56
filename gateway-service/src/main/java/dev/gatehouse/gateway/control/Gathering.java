package dev.gatehouse.gateway.control;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks services on a caller's behalf and reads their answers. As these are held in memory, only so
 * many calls may do it at a time.
 */
final class Gathering {

  private static final Logger LOG = Logger.getLogger(Gathering.class);

  static final int MAX_CALLS = 16;

  private final ServiceClient services;
  private final AtomicInteger calls = new AtomicInteger();

  /** On whose behalf, and which request of theirs it is. */
  record Call(Caller caller, String requestId) {}

  Gathering(ServiceClient services) {
    this.services = services;
  }

  /** Does the work, unless too much of it is being done. */
  <T> Future<T> within(Supplier<Future<T>> work) {
    if (calls.incrementAndGet() > MAX_CALLS) {
      calls.decrementAndGet();
      return Future.failedFuture(
          new Unavailable(ErrorCode.OVERLOADED, "Too many such calls are being answered"));
    }
    Future<T> result;
    try {
      result = work.get();
    } catch (RuntimeException e) {
      result = Future.failedFuture(e);
    }
    return result.onComplete(done -> calls.decrementAndGet());
  }

  /**
   * Fails with {@link ServiceRefusal}, or {@link Unavailable} without saying which service it is.
   */
  Future<JsonObject> ask(
      Service service,
      HttpMethod method,
      String target,
      @Nullable JsonObject body,
      Call call,
      Duration patience) {
    return services
        .ask(
            service,
            new ServiceClient.Question(
                method, target, body, call.caller(), call.requestId(), patience))
        .recover(failure -> Future.failedFuture(told(service, failure, call.requestId())));
  }

  private static Throwable told(Service service, Throwable failure, String requestId) {
    if (failure instanceof ServiceRefusal) {
      return failure;
    }
    LOG.warnf("The %s did not answer, request %s: %s", service, requestId, failure.getMessage());
    return gone();
  }

  /** The answers of these services; the failure of one otherwise. */
  Future<Map<Service, JsonObject>> each(
      List<Service> wanted, Function<Service, String> target, Duration patience, Call call) {
    Map<Service, Future<JsonObject>> asked = new EnumMap<>(Service.class);
    for (Service service : wanted) {
      asked.put(service, ask(service, HttpMethod.GET, target.apply(service), null, call, patience));
    }
    return Future.all(List.copyOf(asked.values())).map(done -> results(asked));
  }

  private static Map<Service, JsonObject> results(Map<Service, Future<JsonObject>> asked) {
    Map<Service, JsonObject> results = new EnumMap<>(Service.class);
    asked.forEach((service, answer) -> results.put(service, answer.result()));
    return results;
  }

  /** What a service has answered is JSON, but need not be what it should be: then it is gone. */
  static <A, T> Function<A, T> reading(Function<A, T> reader) {
    return answers -> {
      try {
        return reader.apply(answers);
      } catch (ClassCastException | IllegalArgumentException | DateTimeException e) {
        LOG.errorf("A service answers what this gateway does not understand: %s", e.getMessage());
        throw gone();
      }
    };
  }

  private static Unavailable gone() {
    return new Unavailable(
        ErrorCode.SERVICE_UNAVAILABLE, "A service does not answer at this moment");
  }
}
