package dev.gatehouse.gateway.trust;

import java.util.List;

/** The feeds, for those who operate this gateway. */
public interface FeedViews {

  /** The name of this gateway, for people. */
  String gateway();

  /** Under which id both services know this process. */
  String watcher();

  List<FeedView> all();
}
