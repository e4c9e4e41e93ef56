package dev.gatehouse.gateway.authorization;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Gives the settings to those who inject them. */
@Dependent
class Nesting {

  @Produces
  @Singleton
  NestingSettings settings(NestingConfig config) {
    return config.settings();
  }

  @Produces
  @Singleton
  Holding holding(WriteConfig config) {
    return config.holding();
  }
}
