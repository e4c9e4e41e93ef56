/** Revocations: tokens that are refused though their key is trusted. */
@NullMarked
package dev.gatehouse.key.revocation;

import org.jspecify.annotations.NullMarked;
