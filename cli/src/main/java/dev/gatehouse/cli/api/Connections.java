package dev.gatehouse.cli.api;

import dev.gatehouse.cli.http.Http;
import dev.gatehouse.cli.instance.ConfigFile;
import dev.gatehouse.cli.login.AccessTokens;
import dev.gatehouse.common.name.Instance;

/** From the name of an instance to its control plane. */
public final class Connections {

  private final ConfigFile config;
  private final AccessTokens tokens;
  private final Http http;

  public Connections(ConfigFile config, AccessTokens tokens, Http http) {
    this.config = config;
    this.tokens = tokens;
    this.http = http;
  }

  public ControlApi to(Instance name) {
    return new ControlApi(config.instance(name), tokens, http);
  }
}
