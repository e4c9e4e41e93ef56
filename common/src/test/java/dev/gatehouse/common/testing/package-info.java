/** What the tests of the services start: a real PostgreSQL, and calls with the API key. */
@NullMarked
package dev.gatehouse.common.testing;

import org.jspecify.annotations.NullMarked;
