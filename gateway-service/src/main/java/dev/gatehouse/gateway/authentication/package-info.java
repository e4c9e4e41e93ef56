/** Who is asking: from the request's credentials to an {@link Identity}, or a refusal. */
@NullMarked
package dev.gatehouse.gateway.authentication;

import org.jspecify.annotations.NullMarked;
