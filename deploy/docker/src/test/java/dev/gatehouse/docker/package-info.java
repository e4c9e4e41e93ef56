/** Tests of the images: without a container engine, as far as that goes. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.docker;
