package dev.gatehouse.gateway.authentication;

import dev.gatehouse.gateway.trust.TrustSource;
import dev.gatehouse.gateway.trust.UnknownKeys;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

@Singleton
final class AuthenticationBeans {

  @Produces
  @Singleton
  Authenticator authenticator(
      TrustSource trusted,
      UnknownKeys unknownKeys,
      InstanceSettings instance,
      AuthenticationSettings settings,
      MeterRegistry registry) {
    return Authenticator.create(trusted, unknownKeys, instance.instance(), settings, registry);
  }

  void stop(@Disposes Authenticator authenticator) {
    authenticator.close();
  }
}
