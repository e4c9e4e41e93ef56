package dev.gatehouse.gateway.routing;

import org.eclipse.microprofile.config.spi.Converter;

/** Reads a template by its text instead of the name of its constant. */
public final class HostTemplateConverter implements Converter<HostTemplate> {

  private static final long serialVersionUID = 1;

  @Override
  public HostTemplate convert(String value) {
    return HostTemplate.parse(value);
  }
}
