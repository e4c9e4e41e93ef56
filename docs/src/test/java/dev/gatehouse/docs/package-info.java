/** Holds the documents against what they tell of. It reads sources, so nothing has to be built. */
@NullMarked
package dev.gatehouse.docs;

import org.jspecify.annotations.NullMarked;
