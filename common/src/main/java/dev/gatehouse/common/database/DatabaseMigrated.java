package dev.gatehouse.common.database;

/** Fired once, when the database was reached and has the tables that this version needs. */
public record DatabaseMigrated() {}
