package dev.gatehouse.cli;

import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.Pause;
import dev.gatehouse.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Loads the classes that commands need, so that the JVM can archive them (class-data sharing). The
 * script runs it once per JVM and jar. It leaves nothing behind and speaks with nobody.
 */
public final class Rehearsal {

  /** Nothing answers there: port 9 is the discard service, which no machine runs any more. */
  private static final String NOWHERE = "http://127.0.0.1:9";

  private Rehearsal() {}

  public static void main(String[] arguments) throws IOException, GeneralSecurityException {
    Path directory = Files.createTempDirectory("gatehouse");
    Path config = directory.resolve("cli.yaml");
    Path key = directory.resolve("key.pem");
    try {
      perform(directory, "ta-create-keypair", key.toString(), "--type", "ec");
      perform(directory, "ta-create-keypair", key.toString(), "--type", "ed25519", "--force");
      perform(directory, "ta-create-token", "local", "tenant", key.toString());
      perform(directory, "instances", "add", "local", NOWHERE);
      perform(directory, "instances", "list");
      perform(directory, "tenants", "list", "local");
      perform(directory, "tenants", "add", "local", "tenant", "-o", "json");
      perform(directory, "ta-pubkeys-list", "local", "--owner");
      perform(directory, "audit", "verify", "--file", config.toString());
      perform(directory, "import", "local", config.toString(), "--dry-run");
      perform(directory, "revoke", "local", "--tenant", "tenant");
      signWithRsa();
      Json.parse("{\"keys\":[{\"id\":\"a\",\"revision\":1}]}");
    } finally {
      Files.deleteIfExists(key);
      Files.deleteIfExists(config);
      Files.deleteIfExists(directory);
    }
    System.exit(0);
  }

  /** With a key too short for anything else: one that the command would make takes a second. */
  private static void signWithRsa() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1024);
    KeyPair pair = generator.generateKeyPair();
    KeyFactory.getInstance("RSA")
        .generatePrivate(new PKCS8EncodedKeySpec(pair.getPrivate().getEncoded()));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(pair.getPrivate());
    signature.sign();
  }

  private static void perform(Path directory, String... arguments) {
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
    Map<String, String> environment =
        Map.of(
            "HOME", directory.toString(),
            "XDG_CACHE_HOME", directory.toString(),
            "GATEHOUSE_CONFIG", directory.resolve("cli.yaml").toString(),
            "GATEHOUSE_ACCESS_TOKEN", "none");
    Terminal terminal =
        new Terminal(InputStream.nullInputStream(), nowhere, nowhere, environment, Optional::empty);
    Main.run(terminal, Clock.systemUTC(), Pause::ofThread, arguments);
  }
}
