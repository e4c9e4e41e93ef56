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
      case "issuer_ambiguous" ->
          " Say which with --owner; one that is added needs audiences of its own.";
      case "issuer_not_found" ->
          " See which there are with gatehouse issuers list " + instance + ".";
      case "issuer_exists" -> " Change it with gatehouse issuers set, or choose another name.";
      case "issuer_configured" -> " Change it in the configuration of the instance.";
      case "issuer_url_refused" ->
          " It has to be https and public, unless the instance's configuration allows its host.";
      case "issuer_unreachable" ->
          " See what went wrong with gatehouse issuers show " + instance + " NAME.";
      case "revocation_not_found" ->
          " See which there are with gatehouse revocations list " + instance + ".";
      case "gateway_not_found" ->
          " See which there are with gatehouse gateways list " + instance + ".";
      case "quota_exceeded" -> " Remove what is not needed, or have an operator raise the quota.";
      case "import_conflict" -> " Correct the one or the other and import again.";
      case "audit_mismatch" -> " Export again with gatehouse audit export " + instance + ".";
      case "feed_history_differs" -> " See gatehouse feeds list " + instance + ".";
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
