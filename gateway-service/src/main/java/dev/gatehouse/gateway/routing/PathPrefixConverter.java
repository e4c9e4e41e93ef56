package dev.gatehouse.gateway.routing;

import dev.gatehouse.gateway.catalog.PathPrefix;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * An empty value means no prefix, where the configuration's own rule would be that it is missing.
 */
public final class PathPrefixConverter implements Converter<PathPrefix> {

  private static final long serialVersionUID = 1;

  @Override
  public PathPrefix convert(String value) {
    return value.isEmpty() || value.equals("/") ? PathPrefix.NONE : new PathPrefix(value);
  }
}
