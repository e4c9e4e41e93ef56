/** Who stands behind a call from one service to another. */
@NullMarked
package dev.gatehouse.common.caller;

import org.jspecify.annotations.NullMarked;
