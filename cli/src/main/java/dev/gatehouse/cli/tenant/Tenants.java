package dev.gatehouse.cli.tenant;

import picocli.CommandLine.Command;

@Command(name = "tenants", description = "The tenants of an instance.")
public final class Tenants {}
