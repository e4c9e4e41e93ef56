package dev.gatehouse.gateway.trust;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is not in a state: the total of it, and as much by name as people can read. */
final class Difference {

  private static final Comparator<FeedObject> ORDER =
      Comparator.comparing(FeedObject::kind)
          .thenComparing(FeedObject::name)
          .thenComparing(FeedObject::id);

  private final Absent absent;
  private final List<FeedObject> listed = new ArrayList<>();
  private long total;

  private interface Absent {
    boolean test(FeedObject object);
  }

  <S> Difference(Projection<S> projection, S from) {
    this.absent = object -> !projection.has(from, object);
  }

  void add(FeedObject object) {
    if (absent.test(object)) {
      total++;
      if (listed.size() < OtherState.MAX_LISTED) {
        listed.add(object);
      }
    }
  }

  List<FeedObject> listed() {
    return listed.stream().sorted(ORDER).toList();
  }

  long total() {
    return total;
  }
}
