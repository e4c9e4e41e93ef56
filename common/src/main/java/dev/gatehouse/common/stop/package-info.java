/** How a service stops without failing a call. */
@NullMarked
package dev.gatehouse.common.stop;

import org.jspecify.annotations.NullMarked;
