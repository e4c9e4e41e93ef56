package dev.gatehouse.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What was asked for on the command line; {@code deploy/local/up --help} says what each option
 * does.
 *
 * @param tiedTo the process without which this one has no reason to run
 */
record Options(
    Path checkout,
    Path state,
    String instance,
    List<Upstream> upstreams,
    boolean fresh,
    boolean freePorts,
    boolean keepGoing,
    Set<Part> parts,
    OptionalLong tiedTo) {
  private static final Pattern INSTANCE = Pattern.compile("[a-z0-9-]{2,23}");

  Options {
    upstreams = List.copyOf(upstreams);
    parts = Set.copyOf(parts);
    if (!INSTANCE.matcher(instance).matches()) {
      throw Failure.usage("--instance: '" + instance + "' is not 2 to 23 characters of [a-z0-9-].");
    }
  }

  static Options parse(List<String> arguments) {
    Path checkout = Path.of("");
    Path state = Path.of(".gatehouse");
    String instance = "local";
    List<Upstream> upstreams = new ArrayList<>();
    boolean fresh = false;
    boolean freePorts = false;
    boolean keepGoing = false;
    Set<Part> parts = Part.all();
    OptionalLong tiedTo = OptionalLong.empty();
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String option = rest.next();
      switch (option) {
        case "--checkout" -> checkout = Path.of(value(option, rest));
        case "--state" -> state = Path.of(value(option, rest));
        case "--instance" -> instance = value(option, rest);
        case "--upstream" -> upstreams.add(Upstream.parse(value(option, rest)));
        case "--fresh" -> fresh = true;
        case "--ports" -> freePorts = isAuto(value(option, rest));
        case "--keep-going" -> keepGoing = true;
        case "--only" -> parts = parts(value(option, rest));
        case "--tied-to" -> tiedTo = OptionalLong.of(Long.parseLong(value(option, rest)));
        default -> throw Failure.usage("There is no option '" + option + "'.");
      }
    }
    return new Options(
        checkout.toAbsolutePath().normalize(),
        state.toAbsolutePath().normalize(),
        instance,
        upstreams,
        fresh,
        freePorts,
        keepGoing,
        parts,
        tiedTo);
  }

  boolean wants(Part part) {
    return parts.contains(part);
  }

  private static boolean isAuto(String ports) {
    if (!ports.equals("auto")) {
      throw Failure.usage("--ports: the only value is 'auto', not '" + ports + "'.");
    }
    return true;
  }

  private static Set<Part> parts(String labels) {
    Set<Part> parts = EnumSet.noneOf(Part.class);
    for (String label : labels.split(",", -1)) {
      parts.add(Part.named(label));
    }
    return parts;
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw Failure.usage(option + " needs a value.");
    }
    return rest.next();
  }
}
