/**
 * Who owns what is trusted: registrations of tenants, and what goes when one of them is removed.
 */
@NullMarked
package dev.gatehouse.key.owner;

import org.jspecify.annotations.NullMarked;
