package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Load by wrk: as much as goes, on some connections. */
final class Wrk {

  private static final Pattern RESULT =
      Pattern.compile("RESULT (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)");

  /** Requests are made before the clock starts; a file that must not repeat ends the run. */
  private static final String SCRIPT =
      """
      local file, method, path, size, once = "%s", "%s", "%s", %d, %b
      local requests, next = {}, 0
      function init()
        local body = nil
        if size > 0 then body = string.rep("x", size) end
        for line in io.lines(file) do
          local host, token = line:match("^(%%S+) (%%S+)$")
          local headers = { ["Host"] = host, ["Authorization"] = "Bearer " .. token }
          requests[#requests + 1] = wrk.format(method, path, headers, body)
        end
      end
      function request()
        next = next + 1
        if next > #requests then
          if once then wrk.thread:stop() end
          next = 1
        end
        return requests[next]
      end
      function done(summary)
        local errors = summary.errors
        io.write(string.format("RESULT %%d %%d %%d %%d %%d %%d\\n", summary.requests,
          summary.duration, errors.status, errors.connect, errors.read + errors.write, errors.timeout))
      end
      """;

  private Wrk() {}

  /**
   * What is asked.
   *
   * @param lines the hosts and tokens, used in turn
   * @param body octets of the body
   * @param once whether no token may be used twice
   */
  record Requests(String method, String path, Path lines, int body, boolean once) {

    static Requests get(Path lines) {
      return new Requests("GET", "/api/v1/labels", lines, 0, false);
    }

    static Requests getOnce(Path lines) {
      return new Requests("GET", "/api/v1/labels", lines, 0, true);
    }

    static Requests push(Path lines, int body) {
      return new Requests("POST", "/api/v1/push", lines, body, false);
    }
  }

  /** How many were answered 200 within how many seconds. */
  record Answered(long requests, double seconds) {}

  /**
   * Asks for some seconds.
   *
   * @throws IOException when anything was answered but 200, or not at all
   */
  static Answered run(int port, Requests requests, int connections, int seconds)
      throws IOException, InterruptedException {
    Path script = Files.createTempFile(requests.lines().getParent(), "wrk", ".lua");
    Files.writeString(
        script,
        SCRIPT.formatted(
            requests.lines(),
            requests.method(),
            requests.path(),
            requests.body(),
            requests.once()));
    Process wrk =
        new ProcessBuilder(
                List.of(
                    Program.WRK.command(),
                    "-t1",
                    "-c" + connections,
                    "-d" + seconds + "s",
                    "--timeout=10s",
                    "-s" + script,
                    "http://127.0.0.1:" + port))
            .redirectErrorStream(true)
            .start();
    String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    wrk.waitFor();
    Files.delete(script);
    return answered(said);
  }

  static Answered answered(String said) throws IOException {
    Matcher result = RESULT.matcher(said);
    if (!result.find()) {
      throw new IOException("wrk failed: " + said.strip());
    }
    for (int error = 3; error <= result.groupCount(); error++) {
      if (!result.group(error).equals("0")) {
        throw new IOException("Not everything was answered 200: wrk counted " + result.group());
      }
    }
    return new Answered(Long.parseLong(result.group(1)), Long.parseLong(result.group(2)) / 1e6);
  }
}
