package dev.gatehouse.cli.instance;

import static dev.gatehouse.cli.instance.Nodes.add;
import static dev.gatehouse.cli.instance.Nodes.emptyMapping;
import static dev.gatehouse.cli.instance.Nodes.find;
import static dev.gatehouse.cli.instance.Nodes.mapping;
import static dev.gatehouse.cli.instance.Nodes.refuseUnknown;
import static dev.gatehouse.cli.instance.Nodes.required;
import static dev.gatehouse.cli.instance.Nodes.text;
import static dev.gatehouse.cli.instance.Nodes.tuple;
import static dev.gatehouse.cli.instance.Nodes.url;
import static dev.gatehouse.cli.instance.Nodes.wrong;

import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/** The part of an instance's configuration that says how to log in. */
final class LoginNodes {

  private LoginNodes() {}

  static Optional<LoginMethod> login(MappingNode instance) {
    Optional<LoginMethod> credentials =
        Optional.ofNullable(find(instance, ClientCredentials.KIND)).map(LoginNodes::credentials);
    Optional<LoginMethod> device =
        Optional.ofNullable(find(instance, DeviceLogin.KIND)).map(LoginNodes::device);
    if (credentials.isPresent() && device.isPresent()) {
      throw wrong(instance, "clientCredentials and device exclude each other");
    }
    return credentials.or(() -> device);
  }

  static NodeTuple entry(LoginMethod login) {
    MappingNode node = emptyMapping();
    if (login instanceof ClientCredentials credentials) {
      add(node, "tokenUrl", credentials.tokenUrl().toString());
      add(node, "clientId", credentials.clientId());
      add(node, "clientSecret", credentials.clientSecret());
    } else if (login instanceof DeviceLogin device) {
      add(node, "issuer", device.issuer().toString());
      add(node, "clientId", device.clientId());
    }
    login.audience().ifPresent(audience -> add(node, "audience", audience));
    login.scope().ifPresent(scope -> add(node, "scope", scope));
    return tuple(login.kind(), node);
  }

  private static LoginMethod credentials(Node value) {
    MappingNode node = mapping(value, ClientCredentials.KIND);
    refuseUnknown(node, Set.of("tokenUrl", "clientId", "clientSecret", "audience", "scope"));
    return new ClientCredentials(
        url(node, "tokenUrl"),
        required(node, "clientId"),
        required(node, "clientSecret"),
        text(node, "audience"),
        text(node, "scope"));
  }

  private static LoginMethod device(Node value) {
    MappingNode node = mapping(value, DeviceLogin.KIND);
    refuseUnknown(node, Set.of("issuer", "clientId", "audience", "scope"));
    return new DeviceLogin(
        url(node, "issuer"),
        required(node, "clientId"),
        text(node, "audience"),
        text(node, "scope"));
  }
}
