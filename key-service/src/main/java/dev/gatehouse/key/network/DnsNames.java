package dev.gatehouse.key.network;

import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The hosts file and DNS, without blocking: the JDK's resolver holds a thread for as long as a name
 * server is silent, and tenants choose the name servers of their names.
 */
@ApplicationScoped
class DnsNames implements HostNames {

  /** Seconds; the provider's own figure, but no longer. */
  private static final int MAX_TTL = 30;

  private final Vertx vertx;
  private final NioEventLoopGroup thread =
      new NioEventLoopGroup(1, new DefaultThreadFactory("provider-names", true));
  private final DnsNameResolver resolver =
      new DnsNameResolverBuilder(thread.next())
          .datagramChannelType(NioDatagramChannel.class)
          .socketChannelType(NioSocketChannel.class)
          .resolvedAddressTypes(ResolvedAddressTypes.IPV4_PREFERRED)
          .completeOncePreferredResolved(false)
          .queryTimeoutMillis(2_000)
          .maxQueriesPerResolve(16)
          .ttl(0, MAX_TTL)
          .negativeTtl(0)
          .build();

  DnsNames(Vertx vertx) {
    this.vertx = vertx;
  }

  @PreDestroy
  @SuppressWarnings("FutureReturnValueIgnored") // A daemon thread; nobody waits for its end.
  void close() {
    resolver.close();
    thread.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  @Override
  public Uni<List<InetAddress>> addressesOf(String name, Duration deadline) {
    return Uni.createFrom().completionStage(() -> resolve(name, deadline).toCompletionStage());
  }

  private io.vertx.core.Future<List<InetAddress>> resolve(String name, Duration deadline) {
    Promise<List<InetAddress>> answer = ((ContextInternal) vertx.getOrCreateContext()).promise();
    long timer =
        vertx.setTimer(
            deadline.toMillis(), id -> answer.tryFail(new TimeoutException("DNS is silent")));
    resolver.resolveAll(name).addListener((Future<List<InetAddress>> found) -> tell(found, answer));
    return answer.future().onComplete(end -> vertx.cancelTimer(timer));
  }

  private static void tell(Future<List<InetAddress>> found, Promise<List<InetAddress>> answer) {
    if (found.isSuccess()) {
      answer.tryComplete(List.copyOf(found.getNow()));
    } else {
      answer.tryFail(found.cause());
    }
  }
}
