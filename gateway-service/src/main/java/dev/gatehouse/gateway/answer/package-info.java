/** The gateway's own answers, in the form that the client's protocol expects (design §5.3). */
@NullMarked
package dev.gatehouse.gateway.answer;

import org.jspecify.annotations.NullMarked;
