@NullMarked
package dev.gatehouse.key.issuer;

import org.jspecify.annotations.NullMarked;
