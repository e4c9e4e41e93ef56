/** Identity providers whose tokens are accepted, and their keys: fetched here and nowhere else. */
@NullMarked
package dev.gatehouse.key.issuer;

import org.jspecify.annotations.NullMarked;
