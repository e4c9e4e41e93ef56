package dev.gatehouse.cli.user;

import picocli.CommandLine.Command;

@Command(name = "users", description = "People that identity providers name.")
public final class Users {}
