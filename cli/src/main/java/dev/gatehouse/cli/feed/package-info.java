/** What the gateways follow, and what happens after a restore. */
@NullMarked
package dev.gatehouse.cli.feed;

import org.jspecify.annotations.NullMarked;
