package dev.gatehouse.cli.instance;

import picocli.CommandLine.Command;

@Command(name = "instances", description = "The instances that this command knows.")
public final class Instances {}
