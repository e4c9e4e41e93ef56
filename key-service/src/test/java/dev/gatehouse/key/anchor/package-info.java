@NullMarked
package dev.gatehouse.key.anchor;

import org.jspecify.annotations.NullMarked;
