package dev.gatehouse.gateway.control;

/** Who answers a route. */
sealed interface Respondent permits Service, Here {}
