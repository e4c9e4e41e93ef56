/** What a chart runs once, from the image of this service and with classes of the JDK only. */
@NullMarked
package dev.gatehouse.tenant.bootstrap;

import org.jspecify.annotations.NullMarked;
