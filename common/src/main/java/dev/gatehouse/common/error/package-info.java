/** How things are refused: one sealed hierarchy, one code per outcome, one RFC 9457 problem. */
@NullMarked
package dev.gatehouse.common.error;

import org.jspecify.annotations.NullMarked;
