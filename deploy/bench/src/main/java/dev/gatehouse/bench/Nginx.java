package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** nginx as the backend, which gives one small answer to everything, and as a plain proxy. */
final class Nginx {

  /** As the labels of a Cortex with little in it. */
  static final String ANSWER =
      "{\"status\":\"success\",\"data\":[\"__name__\",\"instance\",\"job\"]}";

  private Nginx() {}

  static Peer backend(Path directory) throws IOException, InterruptedException {
    int port = Peer.freePort();
    return start("backend", port, directory, backendConfiguration(port));
  }

  static Peer plain(Path directory, int backend) throws IOException, InterruptedException {
    int port = Peer.freePort();
    return start("nginx plain", port, directory, plainConfiguration(port, backend));
  }

  /** {@code return} alone would answer before it has read the body. */
  static String backendConfiguration(int port) {
    return configuration(
        1,
        """
        upstream itself {
          server 127.0.0.1:%d;
          keepalive 256;
          keepalive_requests 1000000000;
        }
        server {
          listen 127.0.0.1:%d backlog=4096;
          default_type application/json;
          client_body_buffer_size 2m;
          location / { return 200 '%s'; }
          location /api/v1/push {
            proxy_pass http://itself/taken;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_pass_request_body off;
            proxy_set_header Content-Length "";
          }
        }
        """
            .formatted(port, port, ANSWER));
  }

  /** Bodies stream, as they do through the gateway. */
  static String plainConfiguration(int port, int backend) {
    return configuration(
        Runtime.getRuntime().availableProcessors(),
        """
        upstream backend {
          server 127.0.0.1:%d;
          keepalive 256;
          keepalive_requests 1000000000;
        }
        server {
          listen 127.0.0.1:%d backlog=4096;
          location / {
            proxy_pass http://backend;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $host;
            proxy_request_buffering off;
            proxy_buffering off;
          }
        }
        """
            .formatted(backend, port));
  }

  static List<String> command(Path directory, Path file) {
    return List.of(
        Program.NGINX.command(), "-p", directory + "/", "-e", "stderr", "-c", file.toString());
  }

  static Path write(String name, Path directory, String configuration) throws IOException {
    return Files.writeString(directory.resolve(name.replace(' ', '-') + ".conf"), configuration);
  }

  private static Peer start(String name, int port, Path directory, String configuration)
      throws IOException, InterruptedException {
    Path file = write(name, directory, configuration);
    return Peer.start(name, port, directory, command(directory, file));
  }

  private static String configuration(int workers, String http) {
    return """
        daemon off;
        worker_processes %d;
        worker_rlimit_nofile 16384;
        pid pid-%s;
        events { worker_connections 8192; }
        http {
          access_log off;
          keepalive_timeout 600s;
          keepalive_requests 1000000000;
          client_max_body_size 0;
          client_body_temp_path temporary;
          proxy_temp_path temporary;
          fastcgi_temp_path temporary;
          uwsgi_temp_path temporary;
          scgi_temp_path temporary;
          %s
        }
        """
        .formatted(workers, Integer.toHexString(http.hashCode()), http.indent(2));
  }
}
