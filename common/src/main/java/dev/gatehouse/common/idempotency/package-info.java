/** Makes a POST repeatable ({@code Idempotency-Key}). */
@NullMarked
package dev.gatehouse.common.idempotency;

import org.jspecify.annotations.NullMarked;
