package dev.gatehouse.local;

import static dev.gatehouse.local.Ports.Use.DATABASE;
import static dev.gatehouse.local.Ports.Use.DEMO_BACKEND;
import static dev.gatehouse.local.Ports.Use.GATEWAY;
import static dev.gatehouse.local.Ports.Use.GATEWAY_MANAGEMENT;
import static dev.gatehouse.local.Ports.Use.IDENTITY_PROVIDER;
import static dev.gatehouse.local.Ports.Use.KEY_SERVICE;
import static dev.gatehouse.local.Ports.Use.KEY_SERVICE_MANAGEMENT;
import static dev.gatehouse.local.Ports.Use.TENANT_SERVICE;
import static dev.gatehouse.local.Ports.Use.TENANT_SERVICE_MANAGEMENT;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;

/** What the person at the terminal sees. */
final class Console {
  private final PrintStream out;
  private final long startedNanos = System.nanoTime();

  Console(PrintStream out) {
    this.out = out;
  }

  synchronized void ready(Part part) {
    say("  %5.1f s  %s".formatted(seconds(), part.label()));
  }

  synchronized void say(String sentence) {
    out.println(sentence);
  }

  void welcome(Options options, Ports ports, Path cliConfiguration) {
    String instance = options.instance();
    int gateway = ports.of(GATEWAY);
    say(
        """

        Gatehouse '%s' is ready (%.1f s). Its state is in %s

          gateway            http://localhost:%d   management %d
          tenant-service     http://localhost:%d   management %d
          key-service        http://localhost:%d   management %d
          identity provider  %s
          demo backend       http://localhost:%d
          PostgreSQL         localhost:%d

        Try:

          export GATEHOUSE_CONFIG=%s
          cli/gatehouse ta-create-keypair custom-keypair.pem
          cli/gatehouse ta-create-token %s newtenant custom-keypair.pem > token.jwt
          cli/gatehouse ta-pubkeys-add %s custom-keypair.pem
          cli/gatehouse tenants add %s newtenant --wait
          curl -i -H "Authorization: Bearer $(cat token.jwt)" http://cortex.newtenant.localhost:%d/api/v1/labels
        """
            .formatted(
                instance,
                seconds(),
                options.state(),
                gateway,
                ports.of(GATEWAY_MANAGEMENT),
                ports.of(TENANT_SERVICE),
                ports.of(TENANT_SERVICE_MANAGEMENT),
                ports.of(KEY_SERVICE),
                ports.of(KEY_SERVICE_MANAGEMENT),
                IdentityProvider.issuer(ports.of(IDENTITY_PROVIDER)),
                ports.of(DEMO_BACKEND),
                ports.of(DATABASE),
                cliConfiguration,
                instance,
                instance,
                instance,
                gateway));
  }

  private double seconds() {
    return Duration.ofNanos(System.nanoTime() - startedNanos).toMillis() / 1000.0;
  }
}
