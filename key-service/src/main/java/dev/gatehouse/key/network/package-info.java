/**
 * Where this service lets itself be sent by others: which hosts and addresses are public, and the
 * one that is connected to being the one that was checked.
 */
@NullMarked
package dev.gatehouse.key.network;

import org.jspecify.annotations.NullMarked;
