@NullMarked
package dev.gatehouse.key;

import org.jspecify.annotations.NullMarked;
