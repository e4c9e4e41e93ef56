package dev.gatehouse.cli.gateway;

import picocli.CommandLine.Command;

@Command(
    name = "gateways",
    description = "The gateways of an instance, and what each of them applies.")
public final class Gateways {}
