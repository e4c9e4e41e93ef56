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
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jboss.logging.Logger;

/**
 * Under which ids processes with this folder have been known to one service. The newest is this
 * process; the others are gone for good, as the folder is locked, and are named as predecessors
 * until the service has heard of each. Sealed, so that nobody can make this gateway bury another.
 */
final class WatcherIds {

  private static final Logger LOG = Logger.getLogger(WatcherIds.class);
  private static final String PURPOSE = "gatehouse watcher ids";

  /** Further predecessors stay missing in receipts until an operator removes them. */
  private static final int MAX_PREDECESSORS = 32;

  private final String own = UUID.randomUUID().toString();
  private final List<String> predecessors = new ArrayList<>();
  private final Optional<StateDirectory> directory;
  private final String fileName;
  private final AuthApiKey key;
  private final AppendFile.Opener files;
  private final Runnable onFailure;

  private WatcherIds(
      Optional<StateDirectory> directory,
      String fileName,
      AuthApiKey key,
      AppendFile.Opener files,
      Runnable onFailure) {
    this.directory = directory;
    this.fileName = fileName;
    this.key = key;
    this.files = files;
    this.onFailure = onFailure;
  }

  /** Takes a new id, and writes it down before anybody can hear of it. */
  static WatcherIds take(
      Optional<StateDirectory> directory,
      String feed,
      AuthApiKey key,
      AppendFile.Opener files,
      Runnable onFailure) {
    WatcherIds ids = new WatcherIds(directory, feed + ".watchers", key, files, onFailure);
    directory.ifPresent(folder -> ids.read(folder.file(ids.fileName)));
    ids.write();
    return ids;
  }

  String own() {
    return own;
  }

  /** One that the service still has to be told of, newest first. */
  Optional<String> predecessor() {
    return predecessors.stream().findFirst();
  }

  List<String> predecessors() {
    return List.copyOf(predecessors);
  }

  /** The service has been told of this predecessor. */
  void told(String predecessor) {
    if (predecessors.remove(predecessor)) {
      write();
    }
  }

  private void read(Path path) {
    try {
      if (!Files.exists(path)) {
        return;
      }
      List<String> lines = Files.readAllLines(path, StandardCharsets.UTF_8);
      List<String> ids = lines.subList(0, Math.max(0, lines.size() - 1));
      if (lines.isEmpty() || !isOurs(ids, lines.get(lines.size() - 1))) {
        throw new IOException("it is not what was written, or sealed with another key");
      }
      predecessors.addAll(ids.subList(0, Math.min(ids.size(), MAX_PREDECESSORS)));
    } catch (IOException e) {
      LOG.errorf(
          "%s is not used: %s. A gateway that ran here before may be missing in receipts until it"
              + " is removed.",
          path, e.getMessage());
      onFailure.run();
    }
  }

  private void write() {
    directory.ifPresent(
        folder -> {
          try {
            write(folder);
          } catch (IOException e) {
            LOG.errorf("%s could not be written: %s", fileName, e);
            onFailure.run();
          }
        });
  }

  private void write(StateDirectory folder) throws IOException {
    List<String> ids = new ArrayList<>();
    ids.add(own);
    ids.addAll(predecessors);
    String text =
        String.join("\n", ids)
            + "\n"
            + HexFormat.of().formatHex(seal(key.derive(PURPOSE), ids))
            + "\n";
    Path temporary = folder.file(fileName + ".new");
    try (AppendFile out = files.open(temporary, true)) {
      out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      out.force();
    }
    folder.replace(temporary, folder.file(fileName));
  }

  private boolean isOurs(List<String> ids, String seal) {
    byte[] found = seal.getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(hex(seal(key.derive(PURPOSE), ids)), found)
        || MessageDigest.isEqual(hex(seal(key.derivePrevious(PURPOSE), ids)), found);
  }

  private byte[] seal(byte[] with, List<String> ids) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(with, "HmacSHA256"));
      return mac.doFinal(
          (fileName + "\n" + String.join("\n", ids)).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes).getBytes(StandardCharsets.UTF_8);
  }
}
