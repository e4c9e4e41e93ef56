package dev.gatehouse.common.apikey;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** The key as a bean of the services; one that is absent or short stops the start. */
class AuthApiKeyProducer {

  @Produces
  @Singleton
  AuthApiKey authApiKey(Config config) {
    return AuthApiKey.from(config);
  }
}
