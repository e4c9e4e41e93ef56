/**
 * The whole of Gatehouse on one machine: {@link dev.gatehouse.local.Launcher} starts an embedded
 * PostgreSQL, an identity provider, a demo backend and the three services, and sees to it that
 * either all of them run or none.
 */
@NullMarked
package dev.gatehouse.local;

import org.jspecify.annotations.NullMarked;
