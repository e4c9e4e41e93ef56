package dev.gatehouse.gateway.listener;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The files with certificate and key, looked at again and again; what is broken is never served.
 */
final class CertificateFiles {

  private static final Logger LOG = Logger.getLogger(CertificateFiles.class);

  private final Vertx vertx;
  private final Path certificate;
  private final Path key;
  private volatile Certificate served;
  private volatile @Nullable String complaint;

  /**
   * Reads them for the first time.
   *
   * @throws IllegalStateException when they cannot be used: then there is nothing to serve with
   */
  CertificateFiles(Vertx vertx, Path certificate, Path key) {
    this.vertx = vertx;
    this.certificate = certificate;
    this.key = key;
    try {
      this.served = Certificate.read(vertx, certificate, key);
    } catch (Certificate.Unusable e) {
      throw new IllegalStateException(
          "gatehouse.tls.certificate " + certificate + " and .key " + key + " " + e.getMessage(),
          e);
    }
  }

  /** Those that are configured, if any. */
  static @Nullable CertificateFiles of(Vertx vertx, TlsConfig config) {
    if (config.certificate().isEmpty() && config.key().isEmpty()) {
      return null;
    }
    return new CertificateFiles(
        vertx,
        config
            .certificate()
            .orElseThrow(() -> new IllegalStateException("gatehouse.tls.certificate is missing")),
        config.key().orElseThrow(() -> new IllegalStateException("gatehouse.tls.key is missing")));
  }

  Certificate served() {
    return served;
  }

  /** Whether what the files hold now cannot be used, so that the former is served on. */
  boolean refused() {
    return complaint != null;
  }

  /** Reads them again and passes on what is new and usable. Blocks. */
  synchronized void look(Consumer<Certificate> changed) {
    try {
      Certificate read = Certificate.read(vertx, certificate, key);
      complaint = null;
      if (!read.equals(served)) {
        served = read;
        changed.accept(read);
        LOG.infof("From now on served: %s", read);
      }
    } catch (Certificate.Unusable e) {
      if (!String.valueOf(e.getMessage()).equals(complaint)) {
        complaint = e.getMessage();
        LOG.errorf("%s and %s %s. The %s is served on", certificate, key, e.getMessage(), served);
      }
    }
  }
}
