package dev.gatehouse.common.tls;

import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.TrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Who may vouch for the servers that we call over TLS: the authorities that Java trusts, and beside
 * them those of a file. Whether a certificate is for the host that is called is checked anyway.
 */
public final class Authorities {

  /** Those that Java trusts, and no others. */
  public static final Authorities OF_JAVA = new Authorities(null);

  private final @Nullable TrustManager both;

  private Authorities(@Nullable TrustManager both) {
    this.both = both;
  }

  /**
   * Those that Java trusts and, if there is a file, those in it.
   *
   * @param pem certificates, one after the other; what stands between them is passed over
   * @throws IllegalStateException when the file cannot be read, or has no certificate in it; the
   *     process must not start
   */
  public static Authorities with(Optional<Path> pem) {
    return pem.map(file -> new Authorities(trusting(certificates(file)))).orElse(OF_JAVA);
  }

  /** Lets them vouch for the servers that a client with these options calls. */
  public <T extends ClientOptionsBase> T vouchIn(T options) {
    if (both != null) {
      options.setTrustOptions(TrustOptions.wrap(both));
    }
    return options;
  }

  private static Collection<? extends Certificate> certificates(Path file) {
    try {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
      if (found.isEmpty()) {
        throw new IllegalStateException(file + " has no certificate in it (PEM)");
      }
      return found;
    } catch (IOException e) {
      throw new IllegalStateException(file + " cannot be read: " + e.getMessage(), e);
    } catch (CertificateException e) {
      throw new IllegalStateException(
          file + " is not a file of certificates (PEM): " + e.getMessage(), e);
    }
  }

  private static TrustManager trusting(Collection<? extends Certificate> ours) {
    try {
      List<Certificate> all = new ArrayList<>(ours);
      all.addAll(List.of(manager(null).getAcceptedIssuers()));
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Certificate each : all) {
        store.setCertificateEntry(Integer.toString(store.size()), each);
      }
      return manager(store);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509TrustManager manager(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager each : factory.getTrustManagers()) {
      if (each instanceof X509TrustManager manager) {
        return manager;
      }
    }
    throw new IllegalStateException("Java has no trust manager for X.509");
  }
}
