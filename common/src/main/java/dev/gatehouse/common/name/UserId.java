package dev.gatehouse.common.name;

import java.util.UUID;

/**
 * A user. The same name at two issuers is two users.
 *
 * @param issuer the registration of the issuer
 */
public record UserId(UUID issuer, Username username) {}
