package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.apikey.AuthApiKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A small file of lines in the state directory, the last of which seals the others and the file's
 * name with HMAC-SHA256. Replaced as a whole. Without a directory it keeps nothing.
 */
final class SealedLines {

  private final Optional<StateDirectory> directory;
  private final String fileName;
  private final String purpose;
  private final AuthApiKey key;
  private final AppendFile.Opener files;

  /**
   * @param purpose for which a key of its own is derived from the API key
   */
  SealedLines(
      Optional<StateDirectory> directory,
      String fileName,
      String purpose,
      AuthApiKey key,
      AppendFile.Opener files) {
    this.directory = directory;
    this.fileName = fileName;
    this.purpose = purpose;
    this.key = key;
    this.files = files;
  }

  String fileName() {
    return fileName;
  }

  /**
   * What was written last; nothing when nothing ever was.
   *
   * @throws IOException also when it is not what was written
   */
  List<String> read() throws IOException {
    Optional<Path> path = directory.map(folder -> folder.file(fileName)).filter(Files::exists);
    if (path.isEmpty()) {
      return List.of();
    }
    List<String> all = Files.readAllLines(path.get(), StandardCharsets.UTF_8);
    List<String> lines = List.copyOf(all.subList(0, Math.max(0, all.size() - 1)));
    if (all.isEmpty() || !isOurs(lines, all.get(all.size() - 1))) {
      throw new IOException("it is not what was written, or sealed with another key");
    }
    return lines;
  }

  void write(List<String> lines) throws IOException {
    if (directory.isPresent()) {
      write(directory.get(), lines);
    }
  }

  private void write(StateDirectory folder, List<String> lines) throws IOException {
    List<String> all = new ArrayList<>(lines);
    all.add(seal(key.derive(purpose), lines));
    Path temporary = folder.file(fileName + ".new");
    try (AppendFile out = files.open(temporary, true)) {
      String text = String.join("\n", all) + "\n";
      out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      out.force();
    }
    folder.replace(temporary, folder.file(fileName));
  }

  private boolean isOurs(List<String> lines, String found) {
    return isEqual(seal(key.derive(purpose), lines), found)
        || isEqual(seal(key.derivePrevious(purpose), lines), found);
  }

  private String seal(byte[] with, List<String> lines) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(with, "HmacSHA256"));
      String text = fileName + "\n" + String.join("\n", lines);
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isEqual(String expected, String found) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), found.getBytes(StandardCharsets.UTF_8));
  }
}
