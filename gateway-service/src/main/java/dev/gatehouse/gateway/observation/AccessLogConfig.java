package dev.gatehouse.gateway.observation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Whether and where each request on the data plane is written down. */
@ConfigMapping(prefix = "gatehouse.access-log")
public interface AccessLogConfig {

  /** Whether there is one: a line of JSON for each request. */
  @WithDefault("false")
  boolean enabled();

  /**
   * Where it goes; standard output if empty. A file that is moved away is made anew within a
   * second.
   */
  Optional<Path> file();

  /** Whether queries are written too. They hold what users look for, and sometimes secrets. */
  @WithDefault("false")
  boolean query();

  /** Lines that may wait to be written; those beyond are dropped and counted. */
  @WithDefault("8192")
  int maxWaiting();
}
