/** Whom we believe when we call over TLS. */
@NullMarked
package dev.gatehouse.common.tls;

import org.jspecify.annotations.NullMarked;
