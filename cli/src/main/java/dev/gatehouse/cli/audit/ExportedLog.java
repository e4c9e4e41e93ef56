package dev.gatehouse.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.cli.file.PrivateFile;
import dev.gatehouse.cli.terminal.Failure;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What {@code audit export} printed, checked line by line up to the first that is wrong. */
final class ExportedLog {

  /** The entries of one service, without a gap. */
  record Chain(Link first, Link last) {

    String service() {
      return first.service();
    }

    long entries() {
      return last.sequence() - first.sequence() + 1;
    }
  }

  /** The first line that cannot be what was written. */
  record BadLine(long number, Optional<Link> entry, String why) {

    @Override
    public String toString() {
      String what =
          entry.map(link -> " (%s %d)".formatted(link.service(), link.sequence())).orElse("");
      return "line " + number + what + ": " + why;
    }
  }

  private final Map<String, Chain> chains = new TreeMap<>();
  private Optional<BadLine> firstBad = Optional.empty();

  private ExportedLog() {}

  /**
   * @param file {@code -} for standard input
   */
  static ExportedLog read(Path file, Terminal terminal) {
    ExportedLog log = new ExportedLog();
    try (BufferedReader lines = new BufferedReader(open(file, terminal))) {
      long number = 1;
      for (String line = lines.readLine();
          line != null && log.firstBad.isEmpty();
          line = lines.readLine()) {
        log.take(number++, line);
      }
    } catch (NoSuchFileException e) {
      throw new Failure(file + " does not exist.", e);
    } catch (IOException e) {
      throw new Failure(file + " cannot be read: " + PrivateFile.reason(e) + ".", e);
    }
    if (log.chains.isEmpty() && log.firstBad.isEmpty()) {
      throw new Failure(file + " holds no entries: it should be what audit export printed.");
    }
    return log;
  }

  Collection<Chain> chains() {
    return chains.values();
  }

  Optional<Chain> chain(ServiceName service) {
    return Optional.ofNullable(chains.get(service.toString()));
  }

  Optional<BadLine> firstBad() {
    return firstBad;
  }

  private static Reader open(Path file, Terminal terminal) throws IOException {
    return file.toString().equals("-")
        ? new InputStreamReader(terminal.in(), StandardCharsets.UTF_8)
        : Files.newBufferedReader(file);
  }

  private void take(long number, String line) {
    Optional<JsonNode> entry = Json.parse(line);
    Optional<Link> link = entry.flatMap(Link::of);
    if (link.isEmpty()) {
      firstBad = Optional.of(new BadLine(number, link, "it is not an entry of an audit log"));
      return;
    }
    Optional<Chain> chain = Optional.ofNullable(chains.get(link.get().service()));
    firstBad =
        link.get()
            .mistake(chain.map(Chain::last), entry.orElseThrow())
            .map(why -> new BadLine(number, link, why));
    if (firstBad.isEmpty()) {
      Link first = chain.map(Chain::first).orElse(link.get());
      chains.put(first.service(), new Chain(first, link.get()));
    }
  }
}
