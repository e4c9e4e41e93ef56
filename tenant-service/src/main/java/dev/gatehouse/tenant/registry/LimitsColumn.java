package dev.gatehouse.tenant.registry;

import dev.gatehouse.common.feed.FeedJson;
import dev.gatehouse.common.feed.TenantLimits;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;

/** Stores limits in the form in which the feed tells of them. */
@Converter
class LimitsColumn implements AttributeConverter<TenantLimits, String> {

  @Override
  public @Nullable String convertToDatabaseColumn(@Nullable TenantLimits limits) {
    return limits == null ? null : FeedJson.write(limits);
  }

  @Override
  public @Nullable TenantLimits convertToEntityAttribute(@Nullable String json) {
    return json == null ? null : FeedJson.read(json, TenantLimits.class);
  }
}
