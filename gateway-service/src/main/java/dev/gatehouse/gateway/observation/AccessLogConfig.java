package dev.gatehouse.gateway.observation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Whether and where each request on the data plane is written down. */
@ConfigMapping(prefix = "gatehouse.access-log")
public interface AccessLogConfig {

  /** Whether there is an access log: a line of JSON for each request. */
  @WithDefault("false")
  boolean enabled();

  /**
   * The file that the access log is written to. Default: standard output. A file that is moved away
   * is made anew within a second.
   */
  Optional<Path> file();

  /**
   * Whether the access log has queries too. They hold what users look for, and sometimes secrets.
   */
  @WithDefault("false")
  boolean query();

  /** How many lines may wait to be written; those beyond are dropped and counted. */
  @WithDefault("8192")
  int maxWaiting();
}
