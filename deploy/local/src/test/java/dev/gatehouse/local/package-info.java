@NullMarked
package dev.gatehouse.local;

import org.jspecify.annotations.NullMarked;
