package dev.gatehouse.gateway.listener;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** TLS at the gateway itself, where nothing before it ends TLS. */
@ConfigMapping(prefix = "gatehouse.tls")
public interface TlsConfig {

  /**
   * File with the certificate and those that vouch for it, PEM. With it TLS is served too, and
   * {@code gatehouse.tls.key} is required.
   */
  Optional<Path> certificate();

  /** File with its private key, PEM (PKCS#8, or what OpenSSL calls RSA or EC PRIVATE KEY). */
  Optional<Path> key();

  /** Where to listen for TLS; HTTP/2 is offered by ALPN. The port without TLS stays as it is. */
  @WithDefault("8443")
  int port();

  /** How often to look whether the files have changed. */
  @WithDefault("10s")
  Duration reload();
}
