package dev.gatehouse.cli.login;

import dev.gatehouse.cli.instance.HttpUrl;
import dev.gatehouse.cli.login.TokenEndpoint.Reply;
import dev.gatehouse.cli.terminal.Failure;
import java.net.URI;
import java.net.URISyntaxException;

/** Where an identity provider has its endpoints (OpenID Connect Discovery 1.0 §4). */
record Discovery(URI deviceEndpoint, URI tokenEndpoint) {

  private static final String DOCUMENT = "/.well-known/openid-configuration";

  static Discovery of(URI issuer, TokenEndpoint provider) {
    String base = withoutSlash(issuer.toString());
    Reply reply = provider.get(URI.create(base + DOCUMENT));
    if (!reply.isSuccess() || !withoutSlash(reply.body().path("issuer").asText()).equals(base)) {
      throw new Failure(
          "%s answered %d, but not as the issuer %s does. Check the instance's issuer."
              .formatted(reply.endpoint(), reply.status(), issuer));
    }
    return new Discovery(
        endpoint(reply, issuer, "device_authorization_endpoint"),
        endpoint(reply, issuer, "token_endpoint"));
  }

  /** One that is less protected than the issuer is refused: tokens would travel unencrypted. */
  private static URI endpoint(Reply reply, URI issuer, String name) {
    String text = reply.body().path(name).asText("");
    if (text.isEmpty()) {
      throw new Failure(
          "The identity provider %s has no %s, so it cannot log in with a device code: use another way."
              .formatted(issuer, name));
    }
    try {
      URI endpoint = HttpUrl.parse(text);
      if (!"https".equals(issuer.getScheme()) || "https".equals(endpoint.getScheme())) {
        return endpoint;
      }
    } catch (URISyntaxException e) {
      // Told below, like one that is not protected.
    }
    throw new Failure(
        "The identity provider %s names a %s that cannot be used.".formatted(issuer, name));
  }

  private static String withoutSlash(String text) {
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}
