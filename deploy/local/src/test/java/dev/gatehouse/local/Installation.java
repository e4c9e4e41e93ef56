package dev.gatehouse.local;

import java.nio.file.Path;

/** What a gateway belongs to, and a person gives commands to. */
interface Installation {

  int port(Ports.Use use);

  /** Where its secrets and the configuration of its gateways are. */
  Path state();

  /** The command, as a person would use it from the directory. */
  Run gatehouse(Path directory, String... arguments);
}
