package dev.gatehouse.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What a GET costs beside connections on which nothing happens, against the same without them. */
final class IdleConnections {

  private static final int IDLE = 1_000;

  private final Setting setting;

  IdleConnections(Setting setting) {
    this.setting = setting;
  }

  List<Row> run() throws Exception {
    Setting.Small small = setting.small();
    Duel.Contestant gateway =
        new Duel.Contestant(small.instance(), Wrk.Requests.get(small.fifty()));
    List<Double> without = new ArrayList<>();
    List<Double> beside = new ArrayList<>();
    Duel round = new Duel(1, setting.options().quick() ? 1 : 2);
    for (int i = 0; i < setting.options().rounds(); i++) {
      without.add(round.fight(List.of(gateway)).get(0).cpuMicros());
      List<Socket> idle = open(small.instance().port(), small.fifty());
      try {
        beside.add(round.fight(List.of(gateway)).get(0).cpuMicros());
      } finally {
        for (Socket socket : idle) {
          socket.close();
        }
      }
    }
    return List.of(
        Row.ratio(
            "GET, 50 tokens, beside 1,000 idle connections, against none: CPU",
            median(beside),
            median(without),
            "µs",
            OptionalDouble.empty()));
  }

  /** Each has been used once. */
  private static List<Socket> open(int port, Path lines) throws IOException {
    String[] line = Tokens.firstLine(lines).split(" ", 2);
    byte[] request = OpenLoop.get(line[0], line[1]);
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < IDLE; i++) {
      Socket socket = new Socket();
      sockets.add(socket);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      OutputStream out = socket.getOutputStream();
      out.write(request);
      out.flush();
      byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
      if (!new String(status, StandardCharsets.ISO_8859_1).equals("HTTP/1.1 200")) {
        throw new IOException("A connection that is to be idle was not answered 200");
      }
    }
    return sockets;
  }

  private static double median(List<Double> figures) {
    return Times.median(figures.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
