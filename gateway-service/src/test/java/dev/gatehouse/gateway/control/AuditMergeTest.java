package dev.gatehouse.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.common.error.Invalid;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditMergeTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Map<Service, List<JsonObject>> logs = new EnumMap<>(Service.class);
  private int mostAsked;

  @RepeatedTest(200)
  void pageAfterPageGivesExactlyTheSortedUnion(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    boolean newestFirst = random.nextBoolean();
    for (Service service : Service.values()) {
      logs.put(service, log(service, random.nextInt(60), random, 1 + random.nextInt(5)));
    }
    int limit = 1 + random.nextInt(20);

    List<JsonObject> paged = everyPage(newestFirst, limit);

    Comparator<JsonObject> byTime = Comparator.comparing(entry -> entry.getInstant("at"));
    Comparator<JsonObject> bySequence = Comparator.comparing(entry -> entry.getLong("sequence"));
    List<JsonObject> union =
        Stream.of(Service.values())
            .flatMap(service -> log(service).stream())
            .sorted(
                (newestFirst ? byTime.reversed() : byTime)
                    .thenComparing(entry -> entry.getString("service"), Comparator.reverseOrder())
                    .thenComparing(newestFirst ? bySequence.reversed() : bySequence))
            .toList();
    assertThat(paged).containsExactlyElementsOf(union);
    assertThat(mostAsked).isLessThanOrEqualTo(limit);
  }

  @RepeatedTest(100)
  void clocksThatDisagreeLoseNothingAndRepeatNothing(RepetitionInfo repetition) {
    Random random = new Random(-repetition.getCurrentRepetition());
    boolean newestFirst = random.nextBoolean();
    for (Service service : Service.values()) {
      List<JsonObject> log = log(service, random.nextInt(40), random, 3);
      log.forEach(entry -> entry.put("at", time(random.nextInt(30))));
      logs.put(service, log);
    }

    List<JsonObject> paged = everyPage(newestFirst, 1 + random.nextInt(10));

    for (Service service : Service.values()) {
      List<JsonObject> inOrder = new ArrayList<>(log(service));
      if (newestFirst) {
        Collections.reverse(inOrder);
      }
      assertThat(paged)
          .filteredOn(entry -> entry.getString("service").equals(service.feed()))
          .containsExactlyElementsOf(inOrder);
    }
  }

  @RepeatedTest(100)
  void whatIsWrittenMeanwhileComesBehindNothingOlder(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    for (Service service : Service.values()) {
      logs.put(service, log(service, random.nextInt(20), random, 3));
    }
    List<JsonObject> before = logs.values().stream().flatMap(List::stream).toList();

    List<JsonObject> paged = new ArrayList<>();
    Optional<AuditPosition> position = Optional.of(AuditPosition.START);
    while (position.isPresent()) {
      AuditMerge.Page page = page(true, 3, position.get());
      paged.addAll(page.entries());
      position = page.next();
      Service busy = random.nextBoolean() ? Service.TENANTS : Service.KEYS;
      List<JsonObject> log = log(busy);
      log.add(entry(busy, log.size() + 1, 1_000 + paged.size()));
    }

    assertThat(new HashSet<>(paged)).hasSameSizeAs(paged);
    assertThat(paged).containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  void aPositionSurvivesItsText() {
    AuditPosition position = new AuditPosition(Map.of(Service.TENANTS, 12L, Service.KEYS, 0L));

    assertThat(position.text()).isEqualTo("tenants:12,keys:0");
    assertThat(AuditPosition.parse(position.text())).isEqualTo(position);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "12",
        ":1",
        "tenants",
        "tenants:",
        "tenants:-1",
        "tenants:1,",
        "tenants:1,tenants:2",
        "others:1",
        "tenants:1234567890123456789"
      })
  void anythingElseIsNoPosition(String text) {
    assertThatThrownBy(() -> AuditPosition.parse(text)).isInstanceOf(Invalid.class);
  }

  @Test
  void anEmptyPageThatHasANextOneIsNotBelieved() {
    JsonObject odd = new JsonObject().put("entries", new JsonArray()).put("next", "x");

    assertThatThrownBy(
            () -> new AuditMerge(true, 10, AuditPosition.START).merged(Map.of(Service.KEYS, odd)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<JsonObject> everyPage(boolean newestFirst, int limit) {
    List<JsonObject> all = new ArrayList<>();
    Optional<AuditPosition> position = Optional.of(AuditPosition.START);
    while (position.isPresent()) {
      AuditMerge.Page page = page(newestFirst, limit, position.get());
      assertThat(page.entries()).hasSizeLessThanOrEqualTo(limit);
      assertThat(page.entries().isEmpty()).isEqualTo(isEverythingEmpty());
      all.addAll(page.entries());
      position = page.next();
    }
    return all;
  }

  private boolean isEverythingEmpty() {
    return logs.values().stream().allMatch(List::isEmpty);
  }

  private AuditMerge.Page page(boolean newestFirst, int limit, AuditPosition from) {
    Map<Service, JsonObject> answers = new EnumMap<>(Service.class);
    for (Service service : Service.values()) {
      answers.put(
          service,
          answer(service, newestFirst, limit, Optional.ofNullable(from.after().get(service))));
    }
    return new AuditMerge(newestFirst, limit, from).merged(answers);
  }

  /** As a service answers. */
  private JsonObject answer(Service service, boolean newestFirst, int limit, Optional<Long> after) {
    List<JsonObject> log = new ArrayList<>(log(service));
    if (newestFirst) {
      Collections.reverse(log);
    }
    List<JsonObject> rest =
        log.stream()
            .filter(
                entry ->
                    after.isEmpty()
                        || (newestFirst
                            ? entry.getLong("sequence") < after.get()
                            : entry.getLong("sequence") > after.get()))
            .toList();
    JsonObject answer =
        new JsonObject().put("entries", new JsonArray(rest.stream().limit(limit).toList()));
    mostAsked = Math.max(mostAsked, answer.getJsonArray("entries").size());
    return rest.size() > limit ? answer.put("next", "opaque") : answer;
  }

  private List<JsonObject> log(Service service) {
    return logs.getOrDefault(service, List.of());
  }

  private static List<JsonObject> log(Service service, int size, Random random, int pace) {
    List<JsonObject> log = new ArrayList<>();
    int time = 0;
    for (int sequence = 1; sequence <= size; sequence++) {
      time += random.nextInt(pace);
      log.add(entry(service, sequence, time));
    }
    return log;
  }

  private static JsonObject entry(Service service, long sequence, int second) {
    return new JsonObject()
        .put("service", service.feed())
        .put("sequence", sequence)
        .put("at", time(second));
  }

  private static String time(int second) {
    return START.plusSeconds(second).toString();
  }
}
