package dev.gatehouse.cli.revocation;

import picocli.CommandLine.Command;

@Command(name = "revocations", description = "What was revoked with gatehouse revoke.")
public final class Revocations {}
