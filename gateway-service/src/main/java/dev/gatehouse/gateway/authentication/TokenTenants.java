package dev.gatehouse.gateway.authentication;

import dev.gatehouse.common.name.TenantId;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** The tenants that a token speaks for: some that it names, or every one ({@code *}). */
public sealed interface TokenTenants {

  TokenTenants EVERY = new Every();

  static TokenTenants of(TenantId tenant) {
    return new Named(Set.of(tenant));
  }

  static TokenTenants of(Collection<TenantId> tenants) {
    return new Named(Set.copyOf(tenants));
  }

  boolean isEvery();

  /** Whether the tenant is one of them; nested tenants are not. */
  boolean contains(TenantId tenant);

  /** The only one, if there is one only. */
  Optional<TenantId> only();

  /** Those that are named; none for {@link #EVERY}. */
  Set<TenantId> named();

  record Named(Set<TenantId> named) implements TokenTenants {

    public Named {
      named = Set.copyOf(named);
      if (named.isEmpty()) {
        throw new IllegalArgumentException("A token speaks for one tenant at least");
      }
    }

    @Override
    public boolean isEvery() {
      return false;
    }

    @Override
    public boolean contains(TenantId tenant) {
      return named.contains(tenant);
    }

    @Override
    public Optional<TenantId> only() {
      return named.size() == 1 ? Optional.of(named.iterator().next()) : Optional.empty();
    }
  }

  record Every() implements TokenTenants {

    @Override
    public boolean isEvery() {
      return true;
    }

    @Override
    public boolean contains(TenantId tenant) {
      return true;
    }

    @Override
    public Optional<TenantId> only() {
      return Optional.empty();
    }

    @Override
    public Set<TenantId> named() {
      return Set.of();
    }
  }
}
