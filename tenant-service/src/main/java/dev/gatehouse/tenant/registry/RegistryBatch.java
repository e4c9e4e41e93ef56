package dev.gatehouse.tenant.registry;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Entries that are imported together or not at all; at most {@value #MAX_ENTRIES}. */
record RegistryBatch(List<RegistryEntry> entries) {

  static final int MAX_ENTRIES = 500;

  RegistryBatch {
    entries = List.copyOf(entries);
    if (entries.size() > MAX_ENTRIES) {
      throw new Invalid(ErrorCode.FIELD_INVALID, "A batch has at most " + MAX_ENTRIES + " entries");
    }
  }

  @JsonCreator
  static RegistryBatch of(@Nullable List<@Nullable RegistryEntry> entries) {
    if (entries == null) {
      throw new Invalid(ErrorCode.FIELD_INVALID, "The field entries is missing");
    }
    List<RegistryEntry> present = entries.stream().filter(Objects::nonNull).toList();
    if (present.size() < entries.size()) {
      throw new Invalid(ErrorCode.FIELD_INVALID, "An entry is a JSON object");
    }
    return new RegistryBatch(present);
  }

  <T extends RegistryEntry> List<T> of(Class<T> kind) {
    return entries.stream().filter(kind::isInstance).map(kind::cast).distinct().toList();
  }
}
