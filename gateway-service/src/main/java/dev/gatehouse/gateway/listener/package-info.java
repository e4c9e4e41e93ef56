/**
 * How connections of clients enter and leave: ports, TLS, HTTP without a doubt about where a
 * message ends, age, overload, and stopping without a failed request (design §5.2, §5.4, §8).
 */
@NullMarked
package dev.gatehouse.gateway.listener;

import org.jspecify.annotations.NullMarked;
