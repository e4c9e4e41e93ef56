package dev.gatehouse.cli.feed;

import picocli.CommandLine.Command;

@Command(
    name = "feeds",
    description = "What the gateways follow, and what happens after a restore.")
public final class Feeds {}
