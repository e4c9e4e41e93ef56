package dev.gatehouse.cli.issuer;

import dev.gatehouse.cli.anchor.Owner;
import dev.gatehouse.cli.api.Resource;
import dev.gatehouse.common.name.Instance;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The parameters of a command that is about one issuer. */
@SuppressWarnings("NullAway.Init")
final class OneIssuer {

  @Parameters(index = "0", paramLabel = "INSTANCE", description = "Where it is.")
  private Instance instance;

  @Parameters(index = "1", paramLabel = "NAME", description = "What it is called.")
  private IssuerName name;

  @Option(
      names = "--owner",
      paramLabel = "TENANT",
      description = "Of which owner, or *, where several have one of this name.")
  private Optional<Owner> owner;

  Instance instance() {
    return instance;
  }

  String name() {
    return name.value();
  }

  Resource resource() {
    return Resource.ISSUERS.child(name()).with("owner", owner);
  }

  Resource refresh() {
    return Resource.ISSUERS.child(name()).child("refresh").with("owner", owner);
  }
}
