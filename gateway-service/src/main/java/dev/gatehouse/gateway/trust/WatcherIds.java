package dev.gatehouse.gateway.trust;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Under which ids processes with this folder have been known to one service. The newest is this
 * process; the others are gone for good, as the folder is locked, and are named as predecessors
 * until the service has heard of each. Sealed, so that nobody can make this gateway bury another.
 */
final class WatcherIds {

  static final String PURPOSE = "gatehouse watcher ids";

  private static final Logger LOG = Logger.getLogger(WatcherIds.class);

  /** Further predecessors stay missing in receipts until an operator removes them. */
  private static final int MAX_PREDECESSORS = 32;

  private final String own;
  private final List<String> predecessors = new ArrayList<>();
  private final SealedLines file;
  private final Runnable onFailure;

  private WatcherIds(String own, SealedLines file, Runnable onFailure) {
    this.own = own;
    this.file = file;
    this.onFailure = onFailure;
  }

  /**
   * Writes down the id of this process before the service can hear of it.
   *
   * @param own the same for every feed, so that each service knows the process by one name
   */
  static WatcherIds take(String own, SealedLines file, Runnable onFailure) {
    WatcherIds ids = new WatcherIds(own, file, onFailure);
    ids.read();
    ids.write();
    return ids;
  }

  String own() {
    return own;
  }

  /** One that the service still has to be told of, newest first. */
  Optional<String> predecessor() {
    return predecessors.stream().findFirst();
  }

  List<String> predecessors() {
    return List.copyOf(predecessors);
  }

  /** The service has been told of this predecessor. */
  void told(String predecessor) {
    if (predecessors.remove(predecessor)) {
      write();
    }
  }

  private void read() {
    try {
      file.read().stream().limit(MAX_PREDECESSORS).forEach(predecessors::add);
    } catch (IOException e) {
      LOG.errorf(
          "%s is not used: %s. A gateway that ran here before may be missing in receipts until it"
              + " is removed.",
          file.fileName(), e.getMessage());
      onFailure.run();
    }
  }

  private void write() {
    List<String> ids = new ArrayList<>();
    ids.add(own);
    ids.addAll(predecessors);
    try {
      file.write(ids);
    } catch (IOException e) {
      LOG.errorf("%s could not be written: %s", file.fileName(), e);
      onFailure.run();
    }
  }
}
