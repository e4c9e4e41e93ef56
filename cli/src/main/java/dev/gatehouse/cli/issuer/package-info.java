/** Identity providers whose access tokens an instance accepts. */
@NullMarked
package dev.gatehouse.cli.issuer;

import org.jspecify.annotations.NullMarked;
