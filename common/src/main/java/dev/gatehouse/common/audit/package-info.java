/** Who did what, when and from where: a log that shows when it was cut or rewritten. */
@NullMarked
package dev.gatehouse.common.audit;

import org.jspecify.annotations.NullMarked;
