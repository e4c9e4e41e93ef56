package dev.gatehouse.cli.http;

import dev.gatehouse.cli.terminal.Failure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/**
 * HTTP/1.1 without redirects, which could carry a token elsewhere. What fails on the way is told as
 * one sentence.
 */
public final class Http {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /**
   * The answer, whatever its status.
   *
   * @param peer who is called, as a sentence names it
   */
  public HttpResponse<String> send(HttpRequest request, String peer) {
    try {
      return Client.INSTANCE.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (HttpTimeoutException e) {
      throw unreachable(request, peer, "no answer in time", e);
    } catch (ConnectException e) {
      boolean unknownHost = e.getCause() instanceof UnresolvedAddressException;
      throw unreachable(request, peer, unknownHost ? "unknown host" : "connection refused", e);
    } catch (SSLException e) {
      throw unreachable(request, peer, "TLS: " + e.getMessage(), e);
    } catch (IOException e) {
      throw unreachable(request, peer, "connection lost: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("Interrupted.", e);
    }
  }

  private static Failure unreachable(
      HttpRequest request, String peer, String reason, Exception cause) {
    URI uri = request.uri();
    return new Failure(
        "%s at %s://%s cannot be reached (%s). Check the URL and that it runs; deploy/local/up starts the local instance."
            .formatted(capitalized(peer), uri.getScheme(), uri.getAuthority(), reason),
        cause);
  }

  /** Made at the first call: it takes a while, and not every command makes one. */
  private static final class Client {

    private static final HttpClient INSTANCE =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
  }

  private static String capitalized(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
