package dev.gatehouse.gateway.connector;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpVersion;

/**
 * What stands before the body of an answer.
 *
 * @param status 200 to 999
 * @param headers as the server sent them
 */
public record AnswerHead(int status, HttpVersion version, MultiMap headers) {}
