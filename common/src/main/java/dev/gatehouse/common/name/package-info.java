/** The identifiers of the domain: each checks itself, so that an invalid one cannot exist. */
@NullMarked
package dev.gatehouse.common.name;

import org.jspecify.annotations.NullMarked;
