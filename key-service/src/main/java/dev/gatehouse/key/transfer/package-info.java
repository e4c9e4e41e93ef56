/** Export and import of all that this service stores, for moving to another instance. */
@NullMarked
package dev.gatehouse.key.transfer;

import org.jspecify.annotations.NullMarked;
