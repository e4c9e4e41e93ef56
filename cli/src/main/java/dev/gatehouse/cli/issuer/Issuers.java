package dev.gatehouse.cli.issuer;

import picocli.CommandLine.Command;

@Command(
    name = "issuers",
    description = "The identity providers whose access tokens an instance accepts.")
public final class Issuers {}
