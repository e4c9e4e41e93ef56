package dev.gatehouse.cli.anchor;

import picocli.CommandLine.Command;

@Command(
    name = "keys",
    description = "One trusted public key. See ta-pubkeys-add, -list and -remove for the others.")
public final class Keys {}
