package dev.gatehouse.cli.revocation;

import dev.gatehouse.cli.api.Resource;
import dev.gatehouse.common.name.Instance;
import java.util.UUID;
import picocli.CommandLine.Parameters;

/** The parameters of a command that is about one revocation. */
@SuppressWarnings("NullAway.Init")
final class OneRevocation {

  @Parameters(index = "0", paramLabel = "INSTANCE", description = "Where it is.")
  private Instance instance;

  @Parameters(index = "1", paramLabel = "ID", description = "Its id.")
  private UUID id;

  Instance instance() {
    return instance;
  }

  String id() {
    return id.toString();
  }

  Resource resource() {
    return Resource.REVOCATIONS.child(id());
  }
}
