package dev.gatehouse.bench;

import dev.gatehouse.bench.Instance.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** From a write until each of three gateways acts by it, under the load of nobody else. */
final class Propagation {

  private static final int ROUNDS = 100;
  private static final double BOUND_MILLIS = 250;
  private static final int GATEWAYS = 3;

  private final Setting setting;
  private final List<Integer> ports = new ArrayList<>();

  Propagation(Setting setting) {
    this.setting = setting;
  }

  List<Row> run(int objects) throws Exception {
    Setting.Large large = setting.large(objects);
    Instance instance = large.instance();
    List<Gateway> more = new ArrayList<>();
    try {
      ports.add(instance.port());
      while (ports.size() < GATEWAYS) {
        String name = "more-" + ports.size();
        Gateway gateway = Gateway.start(instance, name, setting.directory().resolve(name));
        more.add(gateway);
        ports.add(gateway.port());
      }
      return measure(instance, large.fill().filled());
    } finally {
      for (Gateway gateway : more) {
        gateway.close();
      }
    }
  }

  private List<Row> measure(Instance instance, int filled) throws Exception {
    int rounds = setting.options().quick() ? ROUNDS / 5 : ROUNDS;
    Times registered = new Times(rounds);
    Times removed = new Times(rounds);
    Signer everybody = Signer.edDsa();
    String ofEverybody = instance.trust("*", everybody);
    String prefix = "p" + Long.toString(System.nanoTime(), 36) + "-";
    for (int round = 0; round <= rounds; round++) {
      String tenant = prefix + round;
      Tokens.Holder holder = new Tokens.Holder(tenant, everybody, ofEverybody);
      String token = holder.token();
      long posted = System.nanoTime();
      instance.post(Service.TENANT_SERVICE, "/api/v1/tenants", Map.of("name", tenant));
      untilEverywhere(instance, holder.host(), token, 200);
      long there = System.nanoTime();

      Tokens.Holder owner = instance.holder(tenant, Signer.edDsa());
      String ownToken = owner.token();
      untilEverywhere(instance, owner.host(), ownToken, 200);
      long deleted = System.nanoTime();
      remove(instance, owner.kid());
      untilEverywhere(instance, owner.host(), ownToken, 401);
      if (round > 0) {
        registered.addNanos(there - posted);
        removed.addNanos(System.nanoTime() - deleted);
      }
    }
    String among = String.format(Locale.ROOT, " at 3 gateways, %,d tenants", filled);
    return List.of(
        Row.of("POST tenant → 200" + among + ", median", registered.median(), "ms"),
        Row.bounded(
            "POST tenant → 200" + among + ", p99", registered.percentile(0.99), "ms", BOUND_MILLIS),
        Row.of("DELETE key → 401" + among + ", median", removed.median(), "ms"),
        Row.bounded(
            "DELETE key → 401" + among + ", p99", removed.percentile(0.99), "ms", BOUND_MILLIS));
  }

  private static void remove(Instance instance, String key) throws Exception {
    HttpRequest request =
        instance.request(Service.KEY_SERVICE, "/api/v1/keys/" + key).DELETE().build();
    int status =
        instance.client().send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status != 200) {
      throw new IOException("DELETE of a key was answered " + status);
    }
  }

  /** One after the other: the last answer is there when the slowest of them has it. */
  private void untilEverywhere(Instance instance, String host, String token, int status)
      throws Exception {
    for (int port : ports) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/labels"))
              .timeout(Duration.ofSeconds(10))
              .header("Host", host)
              .header("Authorization", "Bearer " + token)
              .build();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (instance.client().send(request, HttpResponse.BodyHandlers.discarding()).statusCode()
          != status) {
        if (System.nanoTime() > deadline) {
          throw new IOException("The gateway at port " + port + " does not answer " + status);
        }
        TimeUnit.MILLISECONDS.sleep(1);
      }
    }
  }
}
