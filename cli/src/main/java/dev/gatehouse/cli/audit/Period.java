package dev.gatehouse.cli.audit;

import dev.gatehouse.cli.api.Resource;
import dev.gatehouse.cli.terminal.Moment;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which part of the log is meant. */
@SuppressWarnings("NullAway.Init")
final class Period {

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only from then on: 2026-01-31, 2026-01-31T12:00:00Z, or 24h ago.")
  private Optional<Moment> since;

  @Option(names = "--until", paramLabel = "TIME", description = "Only from before then.")
  private Optional<Moment> until;

  @Option(
      names = "--service",
      paramLabel = "SERVICE",
      description = "Only what this service wrote: tenants or keys.")
  private Optional<ServiceName> service;

  Resource in(Resource log, Instant now) {
    return log.with("since", since.map(when -> when.before(now)))
        .with("until", until.map(when -> when.before(now)))
        .with("service", service);
  }
}
