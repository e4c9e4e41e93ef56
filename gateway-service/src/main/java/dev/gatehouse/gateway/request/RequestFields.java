package dev.gatehouse.gateway.request;

import io.netty.util.AsciiString;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a request to a server, in the order in which they were said. What stands in
 * them can be written into a head as it is: names are tokens (RFC 9110 §5.6.2), and no value holds
 * a control character or anything beyond Latin-1, however it came here.
 */
public final class RequestFields {

  private static final boolean[] OF_TOKENS = tokenCharacters();
  private static final int DELETE = 0x7F;
  private static final int LATIN1 = 0xFF;

  private @Nullable CharSequence[] said = new @Nullable CharSequence[32];
  private int size;

  /**
   * Says it after all that was said.
   *
   * @throws IllegalArgumentException when a character is in it that is not allowed there
   */
  public void add(CharSequence name, CharSequence value) {
    checkName(name);
    checkValue(value);
    if (size == said.length) {
      said = Arrays.copyOf(said, 2 * size);
    }
    said[size++] = name;
    said[size++] = value;
  }

  /**
   * Says it in place of all that was said under this name.
   *
   * @throws IllegalArgumentException as {@link #add}
   */
  public void set(CharSequence name, CharSequence value) {
    remove(name);
    add(name, value);
  }

  public void remove(CharSequence name) {
    int kept = 0;
    for (int i = 0; i < size; i += 2) {
      if (!isNamed(i, name)) {
        said[kept] = said[i];
        said[kept + 1] = said[i + 1];
        kept += 2;
      }
    }
    size = kept;
  }

  /** How many there are. */
  public int size() {
    return size / 2;
  }

  /** Tells all of them. */
  public void forEach(BiConsumer<? super CharSequence, ? super CharSequence> taker) {
    for (int i = 0; i < size; i += 2) {
      CharSequence name = said[i];
      CharSequence value = said[i + 1];
      if (name != null && value != null) {
        taker.accept(name, value);
      }
    }
  }

  private boolean isNamed(int index, CharSequence name) {
    CharSequence there = said[index];
    return there != null
        && there.length() == name.length()
        && AsciiString.contentEqualsIgnoreCase(there, name);
  }

  private static void checkName(CharSequence name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= OF_TOKENS.length || !OF_TOKENS[c]) {
        throw new IllegalArgumentException("A header's name is not a token");
      }
    }
    if (name.isEmpty()) {
      throw new IllegalArgumentException("A header has no name");
    }
  }

  private static void checkValue(CharSequence value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c == DELETE || c > LATIN1) {
        throw new IllegalArgumentException("A header's value holds a control character");
      }
    }
  }

  private static boolean[] tokenCharacters() {
    boolean[] legal = new boolean[128];
    for (char c = 0; c < legal.length; c++) {
      legal[c] =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }
    return legal;
  }
}
