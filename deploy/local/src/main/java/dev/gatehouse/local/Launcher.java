package dev.gatehouse.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.FileHandler;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Starts an instance, stays with it, and stops it. The script {@code deploy/local/up} runs it. */
public final class Launcher {
  private Launcher() {}

  public static void main(String[] arguments) throws InterruptedException {
    Console console = new Console(System.out);
    try {
      Options options = Options.parse(List.of(arguments));
      State state = State.open(options.state());
      logTo(state.log("launcher-libraries"));
      Instance instance = Instance.prepare(options, state, console);
      Runtime.getRuntime().addShutdownHook(new Thread(instance::stop, "stop"));
      options.tiedTo().ifPresent(Launcher::endWith);
      instance.start();
      new CountDownLatch(1).await();
    } catch (Failure e) {
      System.err.println("up: " + e.sentence());
      System.exit(e.exitCode());
    } catch (IOException e) {
      System.err.println("up: " + e);
      System.exit(Failure.FAILED);
    }
  }

  /** What libraries have to say would only disturb at the terminal. */
  private static void logTo(Path file) throws IOException {
    LogManager.getLogManager().reset();
    FileHandler handler = new FileHandler(file.toString(), true);
    handler.setFormatter(new SimpleFormatter());
    Logger.getLogger("").addHandler(handler);
  }

  /** For the case that the script in the foreground is killed and can pass nothing on. */
  private static void endWith(long pid) {
    Thread watch =
        new Thread(
            () -> {
              ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());
              System.exit(Failure.FAILED);
            },
            "watch up");
    watch.setDaemon(true);
    watch.start();
  }
}
