package dev.gatehouse.cli;

import dev.gatehouse.cli.anchor.AnchorId;
import dev.gatehouse.cli.anchor.Owner;
import dev.gatehouse.cli.api.WaitTime;
import dev.gatehouse.cli.explain.Explain.RequestUrl;
import dev.gatehouse.cli.explain.RequestHeader;
import dev.gatehouse.cli.instance.HttpUrl;
import dev.gatehouse.cli.instance.InstancesAdd.LoginKind;
import dev.gatehouse.cli.issuer.IssuerName;
import dev.gatehouse.cli.revocation.TokenHash;
import dev.gatehouse.cli.tenant.Limit;
import dev.gatehouse.cli.tenant.LimitName;
import dev.gatehouse.cli.terminal.Moment;
import dev.gatehouse.cli.token.Lifetime;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.name.Instance;
import dev.gatehouse.common.name.OrgId;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.common.name.Username;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.UUID;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** From arguments to values that check themselves; an invalid one is wrong usage. */
final class Values {

  private Values() {}

  static void register(CommandLine commandLine) {
    commandLine
        .registerConverter(Instance.class, checked(Instance::new))
        .registerConverter(TenantId.class, checked(TenantId::new))
        .registerConverter(OrgId.class, checked(OrgId::new))
        .registerConverter(Scope.class, checked(Scope::new))
        .registerConverter(Owner.class, checked(Owner::new))
        .registerConverter(AnchorId.class, checked(AnchorId::new))
        .registerConverter(Lifetime.class, checked(Lifetime::parse))
        .registerConverter(WaitTime.class, checked(WaitTime::parse))
        .registerConverter(URI.class, checked(Values::url))
        .registerConverter(LimitName.class, checked(LimitName::parse))
        .registerConverter(Limit.class, checked(Limit::parse))
        .registerConverter(Moment.class, checked(Moment::parse))
        .registerConverter(IssuerName.class, checked(IssuerName::new))
        .registerConverter(TokenHash.class, checked(TokenHash::new))
        .registerConverter(RequestHeader.class, checked(RequestHeader::parse))
        .registerConverter(LoginKind.class, checked(LoginKind::parse))
        .registerConverter(RequestUrl.class, checked(RequestUrl::parse))
        .registerConverter(Username.class, checked(Username::new))
        .registerConverter(UUID.class, checked(Values::id))
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static <T> ITypeConverter<T> checked(ITypeConverter<T> converter) {
    return text -> {
      try {
        return converter.convert(text);
      } catch (Invalid | IllegalArgumentException e) {
        throw new TypeConversionException("'" + text + "': " + e.getMessage());
      }
    };
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("an id is a UUID", e);
    }
  }

  private static URI url(String text) {
    try {
      return HttpUrl.parse(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "a URL starts with http:// or https:// and has no user, query or fragment");
    }
  }
}
