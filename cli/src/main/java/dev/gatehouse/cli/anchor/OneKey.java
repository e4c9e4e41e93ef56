package dev.gatehouse.cli.anchor;

import dev.gatehouse.cli.api.Resource;
import dev.gatehouse.common.name.Instance;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The parameters of a command that is about one trusted key. */
@SuppressWarnings("NullAway.Init")
final class OneKey {

  @Parameters(index = "0", paramLabel = "INSTANCE", description = "Where it is.")
  private Instance instance;

  @Parameters(index = "1", paramLabel = "KEY_ID", description = "Its id, or its Opstrace id.")
  private AnchorId id;

  @Option(
      names = "--owner",
      paramLabel = "TENANT",
      description = "Of which owner, or *, where several trust the key.")
  private Optional<Owner> owner;

  Instance instance() {
    return instance;
  }

  AnchorId id() {
    return id;
  }

  Resource resource() {
    return Resource.KEYS.child(id.value()).with("owner", owner);
  }

  Resource notBefore() {
    return Resource.KEYS.child(id.value()).child("not-before").with("owner", owner);
  }
}
