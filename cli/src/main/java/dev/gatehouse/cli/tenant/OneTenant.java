package dev.gatehouse.cli.tenant;

import dev.gatehouse.cli.api.Resource;
import dev.gatehouse.common.name.Instance;
import dev.gatehouse.common.name.TenantId;
import picocli.CommandLine.Parameters;

/** The parameters of a command that is about one tenant. */
@SuppressWarnings("NullAway.Init")
final class OneTenant {

  @Parameters(index = "0", paramLabel = "INSTANCE", description = "Where it is.")
  private Instance instance;

  @Parameters(index = "1", paramLabel = "TENANT", description = "Its name.")
  private TenantId name;

  Instance instance() {
    return instance;
  }

  TenantId name() {
    return name;
  }

  Resource resource() {
    return Resource.TENANTS.child(name.value());
  }
}
