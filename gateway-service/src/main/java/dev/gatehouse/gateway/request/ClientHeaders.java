package dev.gatehouse.gateway.request;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One request's headers, read once: those that may go on, and what the others say. Nothing that a
 * client says about itself goes on; who it is stands in its token.
 */
public final class ClientHeaders {

  private static final int MAX_REQUEST_ID = 64;

  private @Nullable CharSequence[] passing = new @Nullable CharSequence[32];
  private int size;
  private int hosts;
  private boolean expectsContinue;
  private boolean namesWebSocket;
  private boolean upgrades;
  private @Nullable String requestId;
  private @Nullable StringBuilder cookies;
  private List<String> authorizations = List.of();
  private List<String> tenantIds = List.of();
  private List<String> orgNames = List.of();
  private List<String> orgValues = List.of();

  private ClientHeaders() {}

  /**
   * Reads all of them.
   *
   * @throws Invalid when a header is there that a client must not send
   */
  public static ClientHeaders read(MultiMap headers, HeaderRules rules) {
    ClientHeaders read = new ClientHeaders();
    String connection = null;
    Iterator<? extends Map.Entry<? extends CharSequence, ? extends CharSequence>> fields =
        HeaderFields.of(headers);
    while (fields.hasNext()) {
      Map.Entry<? extends CharSequence, ? extends CharSequence> field = fields.next();
      CharSequence name = field.getKey();
      String value = field.getValue().toString();
      switch (rules.of(name)) {
        case PASS -> read.pass(name, value);
        case STRIP, FRAMING -> {}
        case CONNECTION -> connection = connection == null ? value : connection + "," + value;
        case COOKIE -> read.cookie(value);
        case EXPECT -> read.expectsContinue |= value.equalsIgnoreCase("100-continue");
        case UPGRADE -> read.namesWebSocket |= value.equalsIgnoreCase("websocket");
        case HOST -> read.hosts++;
        case REQUEST_ID -> read.requestId = isSafeId(value) ? value : read.requestId;
        case TENANT_ID -> {
          if (AsciiString.contentEqualsIgnoreCase(name, "X-Tenant-ID")) {
            read.tenantIds = added(read.tenantIds, value);
          }
        }
        case AUTHORIZATION -> {
          if (AsciiString.contentEqualsIgnoreCase(name, HttpHeaders.AUTHORIZATION)) {
            read.authorizations = added(read.authorizations, value);
          }
        }
        case TENANT_HEADER -> {
          read.orgNames = added(read.orgNames, HeaderName.fold(name.toString()));
          read.orgValues = added(read.orgValues, value);
        }
        case REFUSE ->
            throw new Invalid(
                ErrorCode.HEADER_REFUSED,
                "The header X-Username is refused: who is asking stands in the token");
      }
    }
    if (connection != null) {
      read.dropNamedBy(connection);
    }
    return read;
  }

  /** Tells those that may go on. */
  public void forEach(BiConsumer<? super CharSequence, ? super CharSequence> taker) {
    for (int i = 0; i < size; i += 2) {
      CharSequence name = passing[i];
      CharSequence value = passing[i + 1];
      if (name != null && value != null) {
        taker.accept(name, value);
      }
    }
    if (cookies != null) {
      taker.accept(HttpHeaders.COOKIE, cookies);
    }
  }

  public int hosts() {
    return hosts;
  }

  /** Whether the client waits for a 100 before it sends the body (RFC 9110 §10.1.1). */
  public boolean expectsContinue() {
    return expectsContinue;
  }

  /** Whether the client wants a WebSocket (RFC 6455 §4.1). */
  public boolean wantsWebSocket() {
    return namesWebSocket && upgrades;
  }

  /** The client's own id of the request, where it cannot do harm in a log or a header. */
  public Optional<String> requestId() {
    return Optional.ofNullable(requestId);
  }

  /** The values of {@code Authorization}, one for each time that the header is there. */
  public List<String> authorizations() {
    return authorizations;
  }

  /** The values of {@code X-Tenant-ID}, one for each time that the header is there. */
  public List<String> tenantIds() {
    return tenantIds;
  }

  /** What the client itself says in a backend's tenant header, in any spelling of its name. */
  public List<String> orgsClaimed(String tenantHeader) {
    if (orgNames.isEmpty()) {
      return List.of();
    }
    List<String> claimed = new ArrayList<>(1);
    for (int i = 0; i < orgNames.size(); i++) {
      if (HeaderName.matches(tenantHeader, orgNames.get(i))) {
        claimed.add(orgValues.get(i));
      }
    }
    return claimed;
  }

  private void pass(CharSequence name, CharSequence value) {
    if (size == passing.length) {
      passing = Arrays.copyOf(passing, 2 * size);
    }
    passing[size++] = name;
    passing[size++] = value;
  }

  private void cookie(String value) {
    if (cookies == null) {
      cookies = new StringBuilder(value);
    } else {
      cookies.append("; ").append(value);
    }
  }

  private void dropNamedBy(String connection) {
    for (String token : connection.split(",", -1)) {
      String option = token.trim();
      if (option.isEmpty()
          || option.equalsIgnoreCase("keep-alive")
          || option.equalsIgnoreCase("close")) {
        continue;
      }
      upgrades |= option.equalsIgnoreCase("upgrade");
      drop(HeaderName.fold(option));
    }
  }

  private void drop(String folded) {
    for (int i = 0; i < size; i += 2) {
      CharSequence name = passing[i];
      if (name != null && HeaderName.matches(name, folded)) {
        passing[i] = null;
      }
    }
    if (folded.equals("cookie")) {
      cookies = null;
    }
  }

  private static List<String> added(List<String> list, String value) {
    List<String> longer = list.isEmpty() ? new ArrayList<>(2) : list;
    longer.add(value);
    return longer;
  }

  private static boolean isSafeId(String value) {
    if (value.length() < 8 || value.length() > MAX_REQUEST_ID) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean safe =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '-'
              || c == '_'
              || c == '.';
      if (!safe) {
        return false;
      }
    }
    return true;
  }
}
