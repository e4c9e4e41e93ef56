package dev.gatehouse.local;

import java.io.IOException;

/** A service's own database, and the role that can reach it and no other. */
enum ServiceDatabase {
  TENANTS("tenants", "tenant_service"),
  KEYS("keys", "key_service");

  private final String database;
  private final String role;

  ServiceDatabase(String database, String role) {
    this.database = database;
    this.role = role;
  }

  String database() {
    return database;
  }

  String role() {
    return role;
  }

  String address(int port) {
    return "postgresql://127.0.0.1:" + port + "/" + database;
  }

  String password(Secrets secrets) throws IOException {
    return secrets.value("database-" + database);
  }
}
