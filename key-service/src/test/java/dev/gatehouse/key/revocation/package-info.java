@NullMarked
package dev.gatehouse.key.revocation;

import org.jspecify.annotations.NullMarked;
