/** Reading small documents from other servers without trusting them to be small, or quick. */
@NullMarked
package dev.gatehouse.key.fetch;

import org.jspecify.annotations.NullMarked;
