@NullMarked
package dev.gatehouse.key.material;

import org.jspecify.annotations.NullMarked;
