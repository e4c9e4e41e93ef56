/** What watches Gatehouse: rules, runbooks, dashboards, and that they speak of what there is. */
@NullMarked
package dev.gatehouse.helm.monitoring;

import org.jspecify.annotations.NullMarked;
