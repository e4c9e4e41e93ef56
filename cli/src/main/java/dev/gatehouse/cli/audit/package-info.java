/** Who did what: reading, keeping and checking the audit log. */
@NullMarked
package dev.gatehouse.cli.audit;

import org.jspecify.annotations.NullMarked;
