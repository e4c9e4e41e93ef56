package dev.gatehouse.cli.issuer;

import java.util.regex.Pattern;

/**
 * What a registration of an identity provider is called: 1 to 40 characters of {@code [a-z0-9-]}.
 */
public record IssuerName(String value) {

  private static final Pattern FORM = Pattern.compile("[a-z0-9-]{1,40}");

  public IssuerName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "the name of an issuer has 1 to 40 characters of a-z, 0-9 and hyphens");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
