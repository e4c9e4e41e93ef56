package dev.gatehouse.local;

import java.io.IOException;
import java.util.Map;

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

  /** What the service is told of it. */
  Map<String, String> environment(String address, String password) {
    return Map.of(
        "QUARKUS_DATASOURCE_REACTIVE_URL",
        address,
        "QUARKUS_DATASOURCE_JDBC_URL",
        "jdbc:" + address,
        "QUARKUS_DATASOURCE_USERNAME",
        role,
        "QUARKUS_DATASOURCE_PASSWORD",
        password);
  }

  String password(Secrets secrets) throws IOException {
    return secrets.value("database-" + database);
  }
}
