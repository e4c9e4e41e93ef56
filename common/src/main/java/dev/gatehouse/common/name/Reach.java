package dev.gatehouse.common.name;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/**
 * How far a caller, a trust anchor or an issuer reaches: one tenant with those nested in it, or
 * every tenant, written {@code *}.
 */
public sealed interface Reach {

  Reach EVERYTHING = new Everything();

  boolean covers(TenantId tenant);

  /** The tenant at the top; empty when every tenant is meant. */
  Optional<TenantId> top();

  @JsonCreator
  static Reach parse(String text) {
    return text.equals("*") ? EVERYTHING : new Subtree(new TenantId(text));
  }

  @JsonValue
  String text();

  record Subtree(TenantId tenant) implements Reach {
    @Override
    public boolean covers(TenantId other) {
      return other.isWithin(tenant);
    }

    @Override
    public Optional<TenantId> top() {
      return Optional.of(tenant);
    }

    @Override
    public String text() {
      return tenant.value();
    }

    @Override
    public String toString() {
      return text();
    }
  }

  record Everything() implements Reach {
    @Override
    public boolean covers(TenantId other) {
      return true;
    }

    @Override
    public Optional<TenantId> top() {
      return Optional.empty();
    }

    @Override
    public String text() {
      return "*";
    }

    @Override
    public String toString() {
      return "*";
    }
  }
}
