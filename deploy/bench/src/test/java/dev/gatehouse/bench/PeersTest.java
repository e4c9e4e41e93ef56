package dev.gatehouse.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The peers do what they are compared for; skipped where they are not installed. */
class PeersTest {

  @TempDir Path directory;

  @Test
  void nginxTakesItsConfigurations() throws Exception {
    needs(Program.NGINX);
    Path backend = Nginx.write("backend", directory, Nginx.backendConfiguration(1));
    Path plain = Nginx.write("plain", directory, Nginx.plainConfiguration(2, 1));

    assertThat(said(withOption(Nginx.command(directory, backend), "-t"))).contains("successful");
    assertThat(said(withOption(Nginx.command(directory, plain), "-t"))).contains("successful");
  }

  @Test
  void haproxyTakesItsConfigurations() throws Exception {
    needs(Program.HAPROXY);
    Path key = Files.writeString(directory.resolve("key.pem"), Signer.rs256().pem());
    Path jwt = directory.resolve("jwt.cfg");
    Path plain = directory.resolve("plain.cfg");
    Files.writeString(jwt, HaProxy.jwtConfiguration(2, 1, "RS256", key));
    Files.writeString(plain, HaProxy.plainConfiguration(2, 1));

    assertThat(said(withOption(HaProxy.command(jwt), "-c"))).contains("valid");
    assertThat(said(withOption(HaProxy.command(plain), "-c"))).contains("valid");
  }

  @Test
  void haproxyChecksWhatTheGatewayChecks() throws Exception {
    needs(Program.HAPROXY);
    needs(Program.NGINX);
    for (Signer signer : List.of(Signer.rs256(), Signer.es256())) {
      Path key = Files.writeString(directory.resolve("key.pem"), signer.pem());
      Tokens.Holder holder = new Tokens.Holder("acme", signer, "kid");
      Tokens.Holder stranger = new Tokens.Holder("acme", another(signer), "kid");
      try (Peer backend = Nginx.backend(directory);
          Peer haproxy = HaProxy.jwtVerify(directory, backend.port(), signer.algorithm(), key)) {
        assertThat(answer(haproxy, holder.token()).statusCode()).isEqualTo(200);
        assertThat(answer(haproxy, holder.token()).body()).isEqualTo(Nginx.ANSWER);
        assertThat(answer(haproxy, stranger.token()).statusCode()).isEqualTo(401);
        assertThat(answer(haproxy, holder.forged(new byte[64])).statusCode()).isEqualTo(401);
        assertThat(answer(haproxy, "").statusCode()).isEqualTo(401);
      }
    }
  }

  private static Signer another(Signer signer) throws Exception {
    return signer.algorithm().equals("RS256") ? Signer.rs256() : Signer.es256();
  }

  private static void needs(Program program) {
    if (Boolean.parseBoolean(System.getenv("GATEHOUSE_REQUIRE_TOOLS"))) {
      assertThat(program.isThere())
          .as("%s is not installed, and GATEHOUSE_REQUIRE_TOOLS is true", program.label())
          .isTrue();
    }
    assumeThat(program.isThere()).as("%s is not installed", program.label()).isTrue();
  }

  private static HttpResponse<String> answer(Peer peer, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + peer.port() + "/api/v1/labels"))
            .header("Authorization", "Bearer " + token)
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static List<String> withOption(List<String> command, String option) {
    List<String> all = new ArrayList<>(command);
    all.add(option);
    return all;
  }

  private static String said(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
