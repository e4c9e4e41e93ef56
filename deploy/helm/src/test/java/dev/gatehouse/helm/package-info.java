/** Renders the chart and holds it against what Kubernetes, the services and its documents say. */
@NullMarked
package dev.gatehouse.helm;

import org.jspecify.annotations.NullMarked;
