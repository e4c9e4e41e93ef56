package dev.gatehouse.gateway.limit;

/** Whether the limits of its tenant, and of those above it, let a request in. */
public sealed interface Admittance permits Ticket, Excess {}
