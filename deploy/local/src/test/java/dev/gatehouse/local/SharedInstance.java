package dev.gatehouse.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One instance for all tests that ask for a {@link RunningInstance} and leave it as they found it:
 * whoever stops a part, or wants one to be told something else, starts one beside it. It ends with
 * the last test.
 */
final class SharedInstance implements ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(SharedInstance.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
    return parameter.getParameter().getType() == RunningInstance.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext extension) {
    return extension
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(Started.class, type -> new Started(), Started.class)
        .instance;
  }

  private static final class Started implements AutoCloseable {
    private final Path home;
    private final RunningInstance instance;

    Started() {
      try {
        home = Files.createTempDirectory("gatehouse-shared-");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      instance = RunningInstance.up(home.resolve("state"));
    }

    @Override
    public void close() throws IOException {
      instance.close();
      State.delete(home);
    }
  }
}
