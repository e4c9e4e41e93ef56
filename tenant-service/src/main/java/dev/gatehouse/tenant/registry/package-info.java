/** The registry of tenants: who there is, how they nest, and who may change that. */
@NullMarked
package dev.gatehouse.tenant.registry;

import org.jspecify.annotations.NullMarked;
