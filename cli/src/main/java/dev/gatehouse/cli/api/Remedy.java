package dev.gatehouse.cli.api;

import dev.gatehouse.common.name.Instance;

/** What to do next, by the code of a problem. */
final class Remedy {

  private Remedy() {}

  /**
   * A sentence that begins with a blank, or nothing.
   *
   * @param tokenGiven whether the caller brought the access token in the environment
   */
  static String of(String code, int status, Instance instance, boolean tokenGiven) {
    return switch (code) {
      case "tenant_exists" -> " See it with gatehouse tenants list " + instance + ".";
      case "tenant_unknown" -> " See which there are with gatehouse tenants list " + instance + ".";
      case "parent_unknown" -> " Add the tenant that it is nested in first.";
      case "name_was_used" -> " Pass --reuse if it is to inherit the old data.";
      case "org_id_taken" -> " Choose another --org-id.";
      case "tenant_has_children" -> " Remove those first, or pass --recursive.";
      case "key_not_found", "key_exists" ->
          " See which there are with gatehouse ta-pubkeys-list " + instance + " -o wide.";
      case "key_ambiguous" -> " Say which with --owner.";
      case "owner_refused" -> " Pass --owner with a tenant that you may manage.";
      default -> ofStatus(status, instance, tokenGiven);
    };
  }

  private static String ofStatus(int status, Instance instance, boolean tokenGiven) {
    return switch (status) {
      case 401 ->
          tokenGiven
              ? " Renew GATEHOUSE_ACCESS_TOKEN, or unset it to log in with the configuration."
              : " Check that %s trusts the identity provider of its clientCredentials and their audience."
                  .formatted(instance);
      case 403 -> " Use an identity that may do this.";
      case 429, 503 -> " Try again in a moment.";
      case 500, 502, 504 -> " Look at the logs of the instance, by the request id.";
      default -> "";
    };
  }
}
