package dev.gatehouse.common.apikey;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** The key as a bean of the services; one that is absent or short stops the start. */
class AuthApiKeyProducer {

  @Produces
  @Singleton
  AuthApiKey authApiKey(Config config) {
    try {
      return AuthApiKey.from(config);
    } catch (IllegalStateException e) {
      // Quarkus prints the message of this one, as a line without a stack trace, and exits with 1.
      throw new ConfigurationException(e.getMessage());
    }
  }
}
