package dev.gatehouse.key.fetch;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Calls to servers whose certificates a private authority has signed. */
@ConfigMapping(prefix = "gatehouse.outgoing-tls")
interface OutgoingTlsConfiguration {

  /**
   * File with certificates of authorities, PEM, that may vouch for the servers that are called over
   * TLS, beside those that Java trusts. Read at the start.
   */
  Optional<Path> caFile();
}
