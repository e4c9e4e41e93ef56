package dev.gatehouse.local;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How to run PostgreSQL, which refuses to run as root, when we are root. A user namespace of its
 * own comes first; containers often forbid that, so the second choice is the user nobody, with the
 * one capability that lets it reach its files below directories of root.
 */
enum Unprivileged {
  AS_WE_ARE("", ""),
  IN_A_USER_NAMESPACE("unshare -U", "root"),
  AS_NOBODY(
      "setpriv --reuid=65534 --regid=65534 --clear-groups --securebits=+no_setuid_fixup"
          + " --inh-caps=+dac_override --ambient-caps=+dac_override",
      "nobody");

  private final String prefix;
  private final String owner;

  Unprivileged(String prefix, String owner) {
    this.prefix = prefix;
    this.owner = owner;
  }

  static Unprivileged here() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return AS_WE_ARE;
    }
    if (LinuxUtils.isUnshareAvailable()) {
      return IN_A_USER_NAMESPACE;
    }
    if (AS_NOBODY.works()) {
      return AS_NOBODY;
    }
    throw Failure.because(
        "PostgreSQL refuses to run as root, and neither 'unshare -U' nor 'setpriv' works here:"
            + " start the instance as an ordinary user.");
  }

  ProcessBuilder command(List<String> program) {
    List<String> command = new ArrayList<>(program);
    if (!prefix.isEmpty()) {
      command.addAll(0, List.of(prefix.split(" ")));
    }
    return new ProcessBuilder(command);
  }

  /** Gives the tree to the user that will work in it. */
  void own(Path tree) throws IOException {
    if (owner.isEmpty()) {
      return;
    }
    UserPrincipal user =
        tree.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(owner);
    if (Files.getOwner(tree).equals(user)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.toList()) {
        Files.setOwner(path, user);
      }
    }
  }

  private boolean works() {
    try {
      return command(List.of("true"))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException noSuchCommand) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
