@NullMarked
package dev.gatehouse.key.transfer;

import org.jspecify.annotations.NullMarked;
