package dev.gatehouse.tenant.registry;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a merge patch (RFC 7396) does with one member: one that it does not name stays, {@code null}
 * takes it away, a value replaces it.
 *
 * @param named whether the patch names it
 * @param value the new value; empty when it is taken away
 */
@JsonDeserialize(using = Patched.Reader.class)
record Patched<T>(boolean named, Optional<T> value) {

  private static final Patched<?> KEPT = new Patched<>(false, Optional.empty());

  @SuppressWarnings("unchecked") // It holds no value.
  static <T> Patched<T> kept() {
    return (Patched<T>) KEPT;
  }

  static <T> Patched<T> of(Optional<T> value) {
    return new Patched<>(true, value);
  }

  Optional<T> over(Optional<T> before) {
    return named ? value : before;
  }

  <U> Patched<U> map(Function<T, U> function) {
    return new Patched<>(named, value.map(function));
  }

  /** Reads the member as what it holds. */
  static final class Reader extends JsonDeserializer<Patched<?>> implements ContextualDeserializer {

    private final @Nullable JsonDeserializer<?> content;

    Reader() {
      this(null);
    }

    private Reader(@Nullable JsonDeserializer<?> content) {
      this.content = content;
    }

    @Override
    public JsonDeserializer<?> createContextual(
        DeserializationContext context, BeanProperty property) throws JsonMappingException {
      JavaType held = property.getType().containedTypeOrUnknown(0);
      return new Reader(context.findContextualValueDeserializer(held, property));
    }

    @Override
    public Patched<?> deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (content == null) {
        throw new IllegalStateException("Patched is read as a member of something only");
      }
      return of(Optional.of(content.deserialize(parser, context)));
    }

    @Override
    public Patched<?> getNullValue(DeserializationContext context) {
      return of(Optional.empty());
    }

    @Override
    public Patched<?> getAbsentValue(DeserializationContext context) {
      return kept();
    }
  }
}
