/** PostgreSQL with a deadline: nothing of ours waits longer for it than we have promised. */
@NullMarked
package dev.gatehouse.common.database;

import org.jspecify.annotations.NullMarked;
