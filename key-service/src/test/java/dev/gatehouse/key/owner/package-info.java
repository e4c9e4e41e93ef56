@NullMarked
package dev.gatehouse.key.owner;

import org.jspecify.annotations.NullMarked;
