package dev.gatehouse.gateway.observation;

import dev.gatehouse.gateway.request.TrustedProxies;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** An access log in a file, for tests that look at what is in it. */
public final class Watchers implements AutoCloseable {

  private final Path file;
  private final AccessLog log;

  public Watchers(Path file, boolean query, MeterRegistry registry) {
    this.file = file;
    try {
      this.log = new AccessLog(new LogFile(file), query, 100, registry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Observation with(Meters meters) {
    return with(meters, TrustedProxies.NONE);
  }

  public Observation with(Meters meters, TrustedProxies proxies) {
    return new Observation(meters, Optional.of(log), Optional.empty(), proxies);
  }

  public List<String> lines() {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    log.close();
  }
}
