/** Trust anchors: public keys whose owners mint their own tokens. */
@NullMarked
package dev.gatehouse.key.anchor;

import org.jspecify.annotations.NullMarked;
