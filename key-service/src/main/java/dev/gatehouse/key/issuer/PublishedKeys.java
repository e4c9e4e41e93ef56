package dev.gatehouse.key.issuer;

import dev.gatehouse.common.name.KeyId;
import dev.gatehouse.key.material.VerificationKey;
import java.util.Set;

/**
 * Keys whose private halves everybody has, because a test server ships with them. Whoever trusted
 * one in production would let everybody in.
 */
final class PublishedKeys {

  /** Of mock-oauth2-server 6.0.2: the keys of its first issuers, RSA and then EC. */
  private static final Set<KeyId> MOCK_OAUTH2_SERVER =
      Set.of(
          new KeyId("bP_Quj3OZt03y6CSm7q1hZE4Ss0F2epXyvd3NEE3f9E"),
          new KeyId("vC94Nfo2Ik0lxNZDrx4bHZClSlnto6DXCJrkgcmYiOI"),
          new KeyId("jLwKw2OkgqCSffRBkSDDviZxi_1av0iLQhg1pq7h4tg"),
          new KeyId("PrcpQJ23aSVm5n0fzFf4mw6tG5d_2Zm9svzBosd6xOU"),
          new KeyId("SDWQjFOOxS8BxTTmvvHstZ7Wbnb0a4GTYaV_3DdVzJs"),
          new KeyId("3Io-o0-B-3DnOYSfR5pQIwrnYMfxlRaJ4O5P8V8Le9o"),
          new KeyId("cVVOVAELeQlRE_yIRr2HU3-8nX2kZ4p-ZlbDWd0LKr4"));

  private PublishedKeys() {}

  static boolean has(VerificationKey key) {
    return MOCK_OAUTH2_SERVER.contains(key.id());
  }
}
