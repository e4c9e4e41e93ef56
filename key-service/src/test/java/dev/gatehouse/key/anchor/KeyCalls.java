package dev.gatehouse.key.anchor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.key.material.TestKeys;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

/** The calls of the tests of keys. */
final class KeyCalls {

  static final String KEYS = "/api/v1/keys";
  static final String KEY = KEYS + "/{id}";

  private KeyCalls() {}

  static ObjectNode upload(String key, String owner) {
    return JsonNodeFactory.instance.objectNode().put("key", key).put("owner", owner);
  }

  static ValidatableResponse post(RequestSpecification caller, ObjectNode upload) {
    return caller.body(upload.toString()).post(KEYS).then();
  }

  /** Adds a new key, and returns its id. */
  static String add(RequestSpecification caller, String owner) {
    return add(caller, TestKeys.newPublicKey(), owner);
  }

  static String add(RequestSpecification caller, String key, String owner) {
    return post(caller, upload(key, owner)).statusCode(201).extract().path("keys[0].id");
  }
}
