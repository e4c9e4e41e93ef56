package dev.gatehouse.bench;

import dev.gatehouse.bench.Instance.Service;
import java.io.IOException;
import java.net.http.HttpResponse;

/** What a gateway says of itself at one moment. */
record Metrics(String text) {

  static Metrics of(Instance instance) throws Exception {
    HttpResponse<String> answer = instance.get(Service.GATEWAY_MANAGEMENT, "/metrics");
    if (answer.statusCode() != 200) {
      throw new IOException("/metrics was answered " + answer.statusCode());
    }
    return new Metrics(answer.body());
  }

  /**
   * The value of a series; 0 when there is none yet.
   *
   * @param series its name and labels, as they are written
   */
  double value(String series) {
    return text.lines()
        .filter(line -> line.startsWith(series + " "))
        .findFirst()
        .map(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .orElse(0.0);
  }
}
