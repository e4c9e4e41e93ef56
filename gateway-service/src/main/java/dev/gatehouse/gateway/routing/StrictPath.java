package dev.gatehouse.gateway.routing;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The target of a request in origin-form (RFC 9112 §3.2.1), decoded once for matching and kept byte
 * for byte for forwarding. A path that another program could read differently is refused, so that
 * what is matched here is what the backend sees: dot segments and backslashes in any encoding,
 * empty segments, path parameters ({@code ;}), control characters, UTF-8 that is not the shortest
 * form, text that would change if it were decoded a second time, bytes that RFC 3986 §3.3 does not
 * allow.
 *
 * <p>An encoded slash stays inside its segment; the catalog says whether an operation takes one.
 */
public final class StrictPath {

  private final String target;
  private final int start;
  private final int query;
  private final List<String> segments;

  private StrictPath(String target, int start, int query, List<String> segments) {
    this.target = target;
    this.start = start;
    this.query = query;
    this.segments = segments;
  }

  /**
   * Decodes and checks.
   *
   * @throws Invalid ({@code path_refused}) with a sentence that says what to change
   */
  public static StrictPath parse(String target) {
    if (target.isEmpty() || target.charAt(0) != '/') {
      throw refused("The request target does not start with a slash");
    }
    int question = target.indexOf('?');
    int query = question < 0 ? target.length() : question;
    List<String> segments = new ArrayList<>(8);
    int from = 1;
    boolean encoded = false;
    for (int i = 1; i < query; i++) {
      char c = target.charAt(i);
      if (c == '/') {
        if (i == from) {
          throw refused("The path holds an empty segment (//)");
        }
        segments.add(segment(target, from, i, encoded));
        from = i + 1;
        encoded = false;
      } else if (c == '%') {
        encoded = true;
      } else if (!isPathCharacter(c)) {
        throw refused(c);
      }
    }
    segments.add(segment(target, from, query, encoded));
    checkQuery(target, query);
    return new StrictPath(target, 0, query, List.copyOf(segments));
  }

  /**
   * The decoded segments; the last one is empty where the path ends in a slash. One that holds a
   * slash was sent with an encoded one.
   */
  public List<String> segments() {
    return segments;
  }

  /** Path and query as received. */
  public String forwarded() {
    return start == 0 ? target : forwarded("");
  }

  /** Path and query as received, behind a prefix that starts with a slash or is empty. */
  public String forwarded(String prefix) {
    String rest = start == query ? "/" + target.substring(start) : target.substring(start);
    return prefix + rest;
  }

  /** What is left behind the first {@code count} segments. */
  StrictPath below(int count) {
    int at = start;
    for (int i = 0; i < count; i++) {
      int slash = target.indexOf('/', at + 1);
      at = slash < 0 || slash > query ? query : slash;
    }
    List<String> rest =
        at == query ? List.of("") : List.copyOf(segments.subList(count, segments.size()));
    return new StrictPath(target, at, query, rest);
  }

  /** Without the query, which may hold what does not belong into a log. */
  @Override
  public String toString() {
    return target.substring(start, query);
  }

  private static String segment(String target, int from, int to, boolean encoded) {
    String text = encoded ? decoded(target, from, to) : target.substring(from, to);
    int part = 0;
    for (int slash = text.indexOf('/'); slash >= 0; slash = text.indexOf('/', part)) {
      refuseDots(text, part, slash);
      part = slash + 1;
    }
    refuseDots(text, part, text.length());
    return text;
  }

  private static void refuseDots(String text, int from, int to) {
    int length = to - from;
    if ((length == 1 || length == 2) && text.charAt(from) == '.' && text.charAt(to - 1) == '.') {
      throw refused("The path holds a dot segment");
    }
  }

  private static String decoded(String target, int from, int to) {
    byte[] bytes = new byte[to - from];
    int length = 0;
    for (int i = from; i < to; i++) {
      char c = target.charAt(i);
      if (c == '%') {
        if (i + 2 >= to || hex(target.charAt(i + 1)) < 0 || hex(target.charAt(i + 2)) < 0) {
          throw refused("The path holds a percent sign without two hexadecimal digits");
        }
        bytes[length++] = (byte) (hex(target.charAt(i + 1)) * 16 + hex(target.charAt(i + 2)));
        i += 2;
      } else {
        bytes[length++] = (byte) c;
      }
    }
    String text = utf8(bytes, length);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || c == '\\' || c == ';') {
        throw refused(c);
      }
      if (c == '%'
          && i + 2 < text.length()
          && hex(text.charAt(i + 1)) >= 0
          && hex(text.charAt(i + 2)) >= 0) {
        throw refused("The path is encoded twice");
      }
    }
    return text;
  }

  /** The decoder of the JDK reports overlong forms and surrogates (RFC 3629 §3, §10). */
  private static String utf8(byte[] bytes, int length) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw refused("The path is not UTF-8");
    }
  }

  private static void checkQuery(String target, int from) {
    for (int i = from; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '#') {
        throw refused("The query holds a character that has to be percent-encoded");
      }
    }
  }

  /** pchar of RFC 3986 §3.3 without the percent sign and {@code ;}. */
  private static boolean isPathCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || "-._~!$&'()*+,=:@".indexOf(c) >= 0;
  }

  private static int hex(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
      return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
  }

  private static Invalid refused(char c) {
    return switch (c) {
      case '\\' -> refused("The path holds a backslash");
      case ';' -> refused("The path holds a semicolon, which backends read as a path parameter");
      case '#' -> refused("The request target holds a fragment");
      default ->
          Character.isISOControl(c)
              ? refused("The path holds a control character")
              : refused("The path holds a character that has to be percent-encoded");
    };
  }

  private static Invalid refused(String detail) {
    return new Invalid(ErrorCode.PATH_REFUSED, detail);
  }
}
