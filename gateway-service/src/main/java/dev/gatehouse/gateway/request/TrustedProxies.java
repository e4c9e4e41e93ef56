package dev.gatehouse.gateway.request;

import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose {@code X-Forwarded-*} are believed. Such a proxy adds to the right of {@code
 * X-Forwarded-For} whom it got a request from, so the chain is read from there, as long as it names
 * trusted proxies; the first other address is the client's, and all before it is what the client
 * said itself. {@code Forwarded} (RFC 7239) is never read: with two headers that say the same, a
 * client can use the one that its proxy does not know.
 */
public final class TrustedProxies {

  /** Nobody. */
  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  /** Hops that are looked at; who sends more wants to keep us busy. */
  private static final int MAX_HOPS = 32;

  private final List<AddressRange> ranges;

  public TrustedProxies(Collection<AddressRange> ranges) {
    this.ranges = List.copyOf(ranges);
  }

  /**
   * Who sends a request, through which proxies.
   *
   * @param client an IP address
   * @param chain the client and the proxies in between, the nearest last
   * @param proto by which the client came: http or https
   * @param host that the client asked for
   */
  public record Sender(String client, String chain, String proto, String host) {}

  /** Whether nobody's word counts, and the connection says all there is to know. */
  public boolean areNone() {
    return ranges.isEmpty();
  }

  /** The address of the client. */
  public String client(HttpServerRequest request) {
    String peer = peer(request);
    return ranges.isEmpty() ? peer : chain(peer, request.headers()).getFirst();
  }

  /**
   * All of it.
   *
   * @param authority the host that the request itself names
   */
  public Sender sender(HttpServerRequest request, String authority) {
    return sender(peer(request), request.headers(), request.scheme(), authority);
  }

  Sender sender(String peer, MultiMap headers, @Nullable String scheme, String authority) {
    String ownScheme = scheme == null ? "http" : scheme;
    if (!isTrusted(peer)) {
      return new Sender(peer, peer, ownScheme, authority);
    }
    Deque<String> chain = chain(peer, headers);
    String proto = only(headers, "X-Forwarded-Proto");
    String host = only(headers, "X-Forwarded-Host");
    return new Sender(
        chain.getFirst(),
        String.join(", ", chain),
        proto != null && isProto(proto) ? proto : ownScheme,
        host != null && isHost(host) ? host : authority);
  }

  private Deque<String> chain(String peer, MultiMap headers) {
    Deque<String> chain = new ArrayDeque<>();
    chain.add(peer);
    if (!isTrusted(peer)) {
      return chain;
    }
    List<String> lines = headers.getAll("X-Forwarded-For");
    for (int i = lines.size() - 1; i >= 0; i--) {
      String[] hops = lines.get(i).split(",", -1);
      for (int j = hops.length - 1; j >= 0; j--) {
        String address = AddressRange.addressIn(hops[j].trim());
        if (address == null || chain.size() == MAX_HOPS) {
          return chain;
        }
        chain.addFirst(address);
        if (!isTrusted(address)) {
          return chain;
        }
      }
    }
    return chain;
  }

  private boolean isTrusted(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    if (bytes == null) {
      return false;
    }
    for (AddressRange range : ranges) {
      if (range.contains(bytes)) {
        return true;
      }
    }
    return false;
  }

  /** What several say is what nobody can be sure of. */
  private static @Nullable String only(MultiMap headers, String name) {
    List<String> values = headers.getAll(name);
    return values.size() == 1 ? values.get(0) : null;
  }

  private static boolean isProto(String value) {
    return value.equals("http") || value.equals("https");
  }

  private static boolean isHost(String value) {
    if (value.isEmpty() || value.length() > 255) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean fine =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || ".-_:[]".indexOf(c) >= 0;
      if (!fine) {
        return false;
      }
    }
    return true;
  }

  private static String peer(HttpServerRequest request) {
    return request.remoteAddress().hostAddress();
  }
}
