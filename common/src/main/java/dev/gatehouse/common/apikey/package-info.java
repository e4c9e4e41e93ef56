/** The shared key with which the services know each other. */
@NullMarked
package dev.gatehouse.common.apikey;

import org.jspecify.annotations.NullMarked;
