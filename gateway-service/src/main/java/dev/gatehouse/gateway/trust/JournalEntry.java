package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.feed.FeedJson;
import dev.gatehouse.common.feed.FeedPage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * One record of a journal.
 *
 * @param at for a page and a contact, when the service was last there; to the millisecond
 * @param page only where the type has one
 */
record JournalEntry(Type type, Instant at, Optional<FeedPage> page) {

  enum Type {
    PAGE('p'),
    CONTACT('c'),
    RELEASED('r'),
    HELD('h');

    private final byte code;

    Type(char code) {
      this.code = (byte) code;
    }

    byte code() {
      return code;
    }

    static Type of(byte code) {
      for (Type type : values()) {
        if (type.code == code) {
          return type;
        }
      }
      throw new IllegalArgumentException("a record of an unknown type");
    }
  }

  static JournalEntry page(FeedPage page, Instant at) {
    return new JournalEntry(Type.PAGE, at, Optional.of(page));
  }

  static JournalEntry of(Type type, Instant at) {
    return new JournalEntry(type, at, Optional.empty());
  }

  byte[] content() {
    byte[] json =
        page.map(FeedJson::write).map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(NONE);
    return ByteBuffer.allocate(Long.BYTES + json.length)
        .putLong(at.toEpochMilli())
        .put(json)
        .array();
  }

  /**
   * @throws IllegalArgumentException when another version of Gatehouse wrote it
   */
  static JournalEntry read(byte code, byte[] content) {
    Type type = Type.of(code);
    if (content.length < Long.BYTES) {
      throw new IllegalArgumentException("a record without a time");
    }
    Instant at = Instant.ofEpochMilli(ByteBuffer.wrap(content).getLong());
    if (type != Type.PAGE) {
      return of(type, at);
    }
    String json =
        new String(content, Long.BYTES, content.length - Long.BYTES, StandardCharsets.UTF_8);
    return page(FeedJson.read(json, FeedPage.class), at);
  }

  private static final byte[] NONE = new byte[0];
}
