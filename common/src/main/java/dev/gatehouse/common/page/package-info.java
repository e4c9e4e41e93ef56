/** Lists that come in pages. */
@NullMarked
package dev.gatehouse.common.page;

import org.jspecify.annotations.NullMarked;
