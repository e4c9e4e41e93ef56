/** Who may touch which registered object: one pure decision for all kinds and both services. */
@NullMarked
package dev.gatehouse.common.permission;

import org.jspecify.annotations.NullMarked;
