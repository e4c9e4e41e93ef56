package dev.gatehouse.bench;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A program of the distribution that we measure against or with. */
enum Program {
  HAPROXY,
  NGINX,
  WRK;

  /** Where distributions put what is not for everybody, beside the search path. */
  private static final String SYSTEM = "/usr/sbin:/usr/local/sbin:/sbin";

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isThere() {
    return path().isPresent();
  }

  Optional<Path> path() {
    String search = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + SYSTEM;
    return Arrays.stream(search.split(Pattern.quote(File.pathSeparator), -1))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, label()))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** The path of it; that it is there has been seen before. */
  String command() {
    return path().orElseThrow(() -> new IllegalStateException("no " + label())).toString();
  }
}
