package dev.gatehouse.gateway.upstream;

import dev.gatehouse.gateway.observation.UpstreamMeters;
import dev.gatehouse.gateway.routing.Api;
import dev.gatehouse.gateway.routing.Apis;
import dev.gatehouse.gateway.routing.Backend;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** The backends of all apis. */
@Singleton
public final class Upstreams {

  private final IdentityHashMap<Backend, Upstream> upstreams = new IdentityHashMap<>();

  public Upstreams(Apis apis, ProxyConfig config, MeterRegistry registry) {
    UpstreamMeters meters = new UpstreamMeters(registry);
    for (Api api : apis.all()) {
      List<Upstream> ofApi = new ArrayList<>();
      for (Backend backend : api.backends()) {
        Upstream upstream = new Upstream(api, backend, config, meters);
        upstreams.put(backend, upstream);
        ofApi.add(upstream);
      }
      meters.watch(
          api.name().value(),
          ofApi,
          watched -> watched.stream().mapToInt(Upstream::servers).sum(),
          watched -> watched.stream().mapToInt(Upstream::serversOut).sum());
    }
  }

  public Upstream of(Backend backend) {
    Upstream upstream = upstreams.get(backend);
    if (upstream == null) {
      throw new IllegalStateException("The backend " + backend.name() + " is of no api");
    }
    return upstream;
  }
}
