/** What concerns every tenant, over HTTP and for operators: gateways and feeds. */
@NullMarked
package dev.gatehouse.common.instance;

import org.jspecify.annotations.NullMarked;
