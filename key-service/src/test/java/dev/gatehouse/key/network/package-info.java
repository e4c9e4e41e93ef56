@NullMarked
package dev.gatehouse.key.network;

import org.jspecify.annotations.NullMarked;
