/** Key pairs in PEM files, and their public halves. */
@NullMarked
package dev.gatehouse.cli.key;

import org.jspecify.annotations.NullMarked;
