@NullMarked
package dev.gatehouse.gateway.authentication;

import org.jspecify.annotations.NullMarked;
