/** What a request says, read once and strictly: host, target, headers, body (design §5.2). */
@NullMarked
package dev.gatehouse.gateway.request;

import org.jspecify.annotations.NullMarked;
