package dev.gatehouse.cli.instance;

import dev.gatehouse.cli.file.PrivateFile;
import dev.gatehouse.cli.terminal.Failure;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.common.name.Instance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * The configuration: {@code $GATEHOUSE_CONFIG}, else {@code ~/.config/gatehouse/cli.yaml}. It holds
 * client secrets. One that others may write is refused, because they could send these secrets and
 * the tokens elsewhere; one that others may read is warned about.
 */
public final class ConfigFile {

  private final Terminal terminal;
  private final Path path;

  public ConfigFile(Terminal terminal) {
    this.terminal = terminal;
    this.path =
        terminal
            .variable("GATEHOUSE_CONFIG")
            .map(Path::of)
            .orElseGet(() -> terminal.home().resolve(".config/gatehouse/cli.yaml"));
  }

  Path path() {
    return path;
  }

  Collection<KnownInstance> instances() {
    return Files.exists(path) ? interpret(read()) : List.of();
  }

  public KnownInstance instance(Instance name) {
    return instances().stream()
        .filter(instance -> instance.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new Failure(
                    "%s does not name the instance %s: add it with gatehouse instances add %s URL."
                        .formatted(path, name, name)));
  }

  /** False if it is there already and is not to be replaced. */
  boolean add(KnownInstance instance, boolean replace) {
    ConfigDocument document = Files.exists(path) ? read() : ConfigDocument.parse("");
    boolean known = interpret(document).stream().anyMatch(i -> i.name().equals(instance.name()));
    if (known && !replace) {
      return false;
    }
    document.put(instance);
    write(document);
    return true;
  }

  /** False if it is not there. */
  boolean remove(Instance name) {
    if (!Files.exists(path)) {
      return false;
    }
    ConfigDocument document = read();
    boolean removed = document.remove(name);
    if (removed) {
      write(document);
    }
    return removed;
  }

  private ConfigDocument read() {
    checkPermissions();
    String text = new String(PrivateFile.read(path), StandardCharsets.UTF_8);
    try {
      return ConfigDocument.parse(text);
    } catch (Failure e) {
      throw located(e);
    }
  }

  private Collection<KnownInstance> interpret(ConfigDocument document) {
    try {
      return document.instances().values();
    } catch (Failure e) {
      throw located(e);
    }
  }

  private Failure located(Failure e) {
    return new Failure(path + ": " + e.getMessage() + ". Correct it and try again.", e);
  }

  private void write(ConfigDocument document) {
    try {
      Path file = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
      Path directory = file.getParent();
      if (directory != null) {
        PrivateFile.createDirectory(directory);
      }
      PrivateFile.replace(file, document.render().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new Failure(path + " cannot be written: " + PrivateFile.reason(e) + ".", e);
    }
  }

  private void checkPermissions() {
    try {
      if (PrivateFile.othersMayWrite(path)) {
        throw new Failure("Others may write %s: run chmod 600 %s.".formatted(path, path));
      }
      if (PrivateFile.othersMayRead(path)) {
        terminal.note(
            "warning: others may read %s, which holds secrets: run chmod 600 %s."
                .formatted(path, path));
      }
    } catch (IOException e) {
      throw new Failure(path + " cannot be read: " + PrivateFile.reason(e) + ".", e);
    }
  }
}
