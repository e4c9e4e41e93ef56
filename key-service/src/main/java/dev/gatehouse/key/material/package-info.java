/**
 * Public keys as values: read from PEM, DER and JWK, checked, and written in one canonical form.
 * Nothing here does I/O, and nothing keeps, logs or quotes what it was given.
 */
@NullMarked
package dev.gatehouse.key.material;

import org.jspecify.annotations.NullMarked;
