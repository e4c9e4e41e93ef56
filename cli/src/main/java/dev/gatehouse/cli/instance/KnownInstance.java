package dev.gatehouse.cli.instance;

import dev.gatehouse.common.name.Instance;
import java.net.URI;
import java.util.Optional;

/**
 * An instance that the configuration names.
 *
 * @param url its control host, under which {@code /api/v1} is
 * @param login how to get an access token; without one, {@code GATEHOUSE_ACCESS_TOKEN} must be set
 */
public record KnownInstance(Instance name, URI url, Optional<LoginMethod> login) {}
