package dev.gatehouse.gateway.control;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.caller.Credential;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.gateway.request.RequestId;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Tells the services which calls the gateway has refused, for their audit logs: in the background,
 * several at once, and again while a service is gone. No answer waits for it.
 */
final class RefusalReports {

  private static final Logger LOG = Logger.getLogger(RefusalReports.class);
  private static final String PATH = "/internal/v1/audit/refusals";
  private static final int BATCH = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** The gateway itself tells, about every tenant. */
  private static final Caller GATEWAY =
      new Caller(Reach.EVERYTHING, Optional.empty(), Scope.EVERY, Credential.API_KEY, "");

  private final Vertx vertx;
  private final ServiceClient services;
  private final Pace pace;
  private final Map<Service, Line> lines = new EnumMap<>(Service.class);

  /**
   * @param gather for how long calls are gathered before they are told
   * @param retry how long after a failure they are told again
   */
  record Pace(Duration gather, Duration retry) {
    static final Pace USUAL = new Pace(Duration.ofMillis(200), Duration.ofSeconds(5));
  }

  /** The way to one service, on which there is one batch at a time. */
  private record Line(RefusalQueue queue, AtomicBoolean busy, AtomicBoolean cut) {}

  RefusalReports(Vertx vertx, ServiceClient services, Pace pace) {
    this.vertx = vertx;
    this.services = services;
    this.pace = pace;
    for (Service service : Service.values()) {
      lines.put(
          service,
          new Line(new RefusalQueue(System.nanoTime()), new AtomicBoolean(), new AtomicBoolean()));
    }
  }

  void add(Service service, RefusedCall call) {
    Line line = line(service);
    if (line.queue().add(call, System.nanoTime())) {
      start(service, line, pace.gather());
    }
  }

  private void start(Service service, Line line, Duration delay) {
    if (line.busy().compareAndSet(false, true)) {
      vertx.setTimer(delay.toMillis(), timer -> tell(service, line));
    }
  }

  private void tell(Service service, Line line) {
    List<RefusedCall> batch = line.queue().oldest(BATCH);
    try {
      services
          .ask(service, question(batch))
          .onSuccess(done -> told(service, line, batch.size()))
          .onFailure(failure -> failed(service, line, batch.size(), failure));
    } catch (IllegalStateException e) {
      LOG.debugf("The gateway stops before the %s is told of %d calls", service, batch.size());
    }
  }

  private static ServiceClient.Question question(List<RefusedCall> batch) {
    JsonArray entries = new JsonArray();
    batch.forEach(call -> entries.add(call.toJson()));
    return new ServiceClient.Question(
        HttpMethod.POST,
        PATH,
        new JsonObject().put("entries", entries),
        GATEWAY,
        RequestId.next(),
        PATIENCE);
  }

  private void told(Service service, Line line, int count) {
    line.queue().told(count);
    line.cut().set(false);
    goOn(service, line, pace.gather());
  }

  /** What the service will not take today it will not take tomorrow: the others must not wait. */
  private void failed(Service service, Line line, int count, Throwable failure) {
    if (failure instanceof ServiceRefusal refusal) {
      LOG.errorf(
          "The %s does not write down %d refused calls: %s", service, count, refusal.code().code());
      line.queue().told(count);
    } else if (line.cut().compareAndSet(false, true)) {
      LOG.warnf(
          "The %s cannot be told of refused calls, which is tried again: %s",
          service, failure.getMessage());
    }
    goOn(service, line, pace.retry());
  }

  private void goOn(Service service, Line line, Duration delay) {
    line.busy().set(false);
    if (!line.queue().isEmpty()) {
      start(service, line, delay);
    }
  }

  private Line line(Service service) {
    Line line = lines.get(service);
    if (line == null) {
      throw new IllegalStateException("There is no line to " + service);
    }
    return line;
  }
}
