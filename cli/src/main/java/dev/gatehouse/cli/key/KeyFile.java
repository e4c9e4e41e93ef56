package dev.gatehouse.cli.key;

import dev.gatehouse.cli.file.PrivateFile;
import dev.gatehouse.cli.terminal.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A PEM file with a key pair or a public key. Private keys may be PKCS#8 or the traditional forms
 * of openssl and of the Opstrace CLI.
 */
public record KeyFile(Path path) {

  /** The private key, from a file that nobody else may read, unless that is meant. */
  public PrivateHalf privateHalf(boolean insecurePermissions) {
    byte[] content = PrivateFile.read(path);
    if (!insecurePermissions) {
      refuseIfOthersMayRead();
    }
    return parse(content, blocks -> privateHalf(blocks).orElseThrow(KeyFile::noPrivateKey));
  }

  /** The public key; if the file holds a pair, its public half. */
  public PublicHalf publicHalf() {
    return parse(
        PrivateFile.read(path),
        blocks ->
            privateHalf(blocks)
                .map(PrivateHalf::publicHalf)
                .or(() -> publicHalf(blocks))
                .orElseThrow(KeyFile::noKey));
  }

  /** Writes a new file, or puts it in the place of an old one if that is meant. */
  void write(PrivateHalf key, boolean force) {
    byte[] content = key.pem().getBytes(StandardCharsets.US_ASCII);
    try {
      if (force) {
        PrivateFile.replace(path, content);
      } else {
        PrivateFile.create(path, content);
      }
    } catch (FileAlreadyExistsException e) {
      throw new Failure(
          path + " exists already: choose another file, or pass --force to replace it.", e);
    } catch (IOException e) {
      throw new Failure(path + " cannot be written: " + PrivateFile.reason(e) + ".", e);
    }
  }

  private void refuseIfOthersMayRead() {
    try {
      if (PrivateFile.othersMayRead(path)) {
        throw new Failure(
            "Others may read the private key in %s: run chmod 600 %s, or pass --insecure-permissions."
                .formatted(path, path));
      }
    } catch (IOException e) {
      throw new Failure(
          "The permissions of %s cannot be seen: %s.".formatted(path, PrivateFile.reason(e)), e);
    }
  }

  private <T> T parse(byte[] content, Function<List<Pem>, T> wanted) {
    try {
      return wanted.apply(Pem.parse(new String(content, StandardCharsets.ISO_8859_1)));
    } catch (MalformedKeyException e) {
      throw new Failure(path + " " + e.getMessage() + ".");
    }
  }

  private static Optional<PrivateHalf> privateHalf(List<Pem> blocks) {
    return blocks.stream().map(KeyFile::privateHalf).flatMap(Optional::stream).findFirst();
  }

  private static Optional<PrivateHalf> privateHalf(Pem block) {
    if (block.encrypted()) {
      throw new MalformedKeyException(
          "is encrypted: decrypt it into a private file with (umask 077; openssl pkey -in FILE -out"
              + " PLAIN)");
    }
    return switch (block.label()) {
      case "PRIVATE KEY" -> Optional.of(PrivateHalf.ofPkcs8(block.der()));
      case "RSA PRIVATE KEY" -> Optional.of(PrivateHalf.ofPkcs8(Der.pkcs8OfRsa(block.der())));
      case "EC PRIVATE KEY" -> Optional.of(PrivateHalf.ofPkcs8(Der.pkcs8OfEc(block.der())));
      default -> Optional.empty();
    };
  }

  private static Optional<PublicHalf> publicHalf(List<Pem> blocks) {
    return blocks.stream().map(KeyFile::publicHalf).flatMap(Optional::stream).findFirst();
  }

  private static Optional<PublicHalf> publicHalf(Pem block) {
    return switch (block.label()) {
      case "PUBLIC KEY" -> Optional.of(ofSpki(block.der()));
      case "RSA PUBLIC KEY" -> Optional.of(ofSpki(Der.spkiOfRsa(block.der())));
      default -> Optional.empty();
    };
  }

  private static PublicHalf ofSpki(byte[] spki) {
    try {
      KeyFactory factory = KeyFactory.getInstance(Der.algorithmOfSpki(spki));
      return new PublicHalf(factory.generatePublic(new X509EncodedKeySpec(spki)));
    } catch (GeneralSecurityException e) {
      throw new MalformedKeyException("holds a public key that cannot be read");
    }
  }

  private static MalformedKeyException noPrivateKey() {
    return new MalformedKeyException(
        "holds no private key in PEM form: make one with gatehouse ta-create-keypair");
  }

  private static MalformedKeyException noKey() {
    return new MalformedKeyException(
        "holds no key in PEM form: make a pair with gatehouse ta-create-keypair");
  }
}
