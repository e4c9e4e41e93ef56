@NullMarked
package dev.gatehouse.key.fetch;

import org.jspecify.annotations.NullMarked;
