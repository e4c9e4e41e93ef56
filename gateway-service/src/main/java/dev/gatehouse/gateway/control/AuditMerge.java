package dev.gatehouse.gateway.control;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes one page out of a page of each service. Entries of one service keep their order, which is
 * that of its hash chain; between the services the time decides, and where that is equal the
 * service. So what is in a page depends on nothing but where it begins, and page after page gives
 * every entry once. Pure.
 */
final class AuditMerge {

  private final boolean newestFirst;
  private final int limit;
  private final AuditPosition from;

  AuditMerge(boolean newestFirst, int limit, AuditPosition from) {
    this.newestFirst = newestFirst;
    this.limit = limit;
    this.from = from;
  }

  /**
   * @param next where the following page begins; empty when there is none
   */
  record Page(List<JsonObject> entries, Optional<AuditPosition> next) {}

  /** What one service has answered, and how much of that has been taken. */
  private static final class Source {
    private final JsonArray entries;
    private final boolean more;
    private int taken;

    Source(JsonObject answer) {
      entries = answer.getJsonArray("entries", new JsonArray());
      more = answer.getValue("next") != null;
      if (more && entries.isEmpty()) {
        throw new IllegalArgumentException("a page without entries has a next one");
      }
    }

    boolean isEmpty() {
      return taken == entries.size();
    }

    JsonObject first() {
      return entries.getJsonObject(taken);
    }

    /** All of the page is taken, and a further one is behind it. */
    boolean isUncertain() {
      return isEmpty() && more;
    }
  }

  /**
   * @param answers of the services, from {@link #from} on, in the order that is asked for
   * @throws RuntimeException when an answer is not what it must be
   */
  Page merged(Map<Service, JsonObject> answers) {
    Map<Service, Source> sources = new EnumMap<>(Service.class);
    answers.forEach((service, answer) -> sources.put(service, new Source(answer)));
    List<JsonObject> entries = new ArrayList<>();
    while (entries.size() < limit && sources.values().stream().noneMatch(Source::isUncertain)) {
      Optional<Source> next = first(sources);
      if (next.isEmpty()) {
        break;
      }
      entries.add(next.get().first());
      next.get().taken++;
    }
    boolean more =
        sources.values().stream().anyMatch(source -> !source.isEmpty() || source.isUncertain());
    return new Page(entries, more ? Optional.of(after(sources)) : Optional.empty());
  }

  private Optional<Source> first(Map<Service, Source> sources) {
    Source first = null;
    for (Source source : sources.values()) {
      if (!source.isEmpty() && (first == null || isBefore(source, first))) {
        first = source;
      }
    }
    return Optional.ofNullable(first);
  }

  private boolean isBefore(Source one, Source other) {
    int order = at(one.first()).compareTo(at(other.first()));
    return newestFirst ? order > 0 : order < 0;
  }

  private AuditPosition after(Map<Service, Source> sources) {
    Map<Service, Long> after = new EnumMap<>(Service.class);
    after.putAll(from.after());
    sources.forEach((service, source) -> position(service, source, after));
    return new AuditPosition(after);
  }

  private void position(Service service, Source source, Map<Service, Long> after) {
    if (source.taken > 0) {
      after.put(service, sequence(source.entries.getJsonObject(source.taken - 1)));
    } else if (newestFirst && !after.containsKey(service)) {
      // What is written from now on is newer than what has been shown, and must not follow it.
      after.put(service, source.isEmpty() ? 1 : sequence(source.first()) + 1);
    }
  }

  private static Instant at(JsonObject entry) {
    return Instant.parse(entry.getString("at", ""));
  }

  private static long sequence(JsonObject entry) {
    Long sequence = entry.getLong("sequence");
    if (sequence == null) {
      throw new IllegalArgumentException("an entry has no sequence");
    }
    return sequence;
  }
}
