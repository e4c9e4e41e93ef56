package dev.gatehouse.key.network;

import io.smallrye.mutiny.Uni;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** What a name means at this moment. */
public interface HostNames {

  /**
   * All addresses of the name, at least one; fails when there is none, or no answer in time. It is
   * answered on the Vert.x context that it was asked from.
   */
  Uni<List<InetAddress>> addressesOf(String name, Duration deadline);
}
