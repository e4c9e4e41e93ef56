package dev.gatehouse.key.network;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/** DNS, but for some names what a test says; each answer is given once, and the last for good. */
@Alternative
@Priority(1)
@ApplicationScoped
public class ScriptedNames implements HostNames {

  private final DnsNames dns;
  private final Map<String, Deque<String>> script = new ConcurrentHashMap<>();

  ScriptedNames(DnsNames dns) {
    this.dns = dns;
  }

  public void answer(String name, String... addresses) {
    script.put(name, new ConcurrentLinkedDeque<>(List.of(addresses)));
  }

  @Override
  public Uni<List<InetAddress>> addressesOf(String name, Duration deadline) {
    Deque<String> answers = script.get(name);
    if (answers == null) {
      return dns.addressesOf(name, deadline);
    }
    String next = answers.size() > 1 ? answers.remove() : answers.element();
    return Uni.createFrom().item(List.of(address(next)));
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
