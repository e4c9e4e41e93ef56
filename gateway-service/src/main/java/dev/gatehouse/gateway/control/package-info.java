/**
 * The control plane's entry, on control hosts only: who asks is established here, what they may is
 * decided by the service that owns the object.
 */
@NullMarked
package dev.gatehouse.gateway.control;

import org.jspecify.annotations.NullMarked;
