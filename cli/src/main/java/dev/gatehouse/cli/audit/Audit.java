package dev.gatehouse.cli.audit;

import picocli.CommandLine.Command;

@Command(name = "audit", description = "Who did what: an instance's audit log.")
public final class Audit {}
