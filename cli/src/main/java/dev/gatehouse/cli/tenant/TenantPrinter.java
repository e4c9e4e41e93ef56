package dev.gatehouse.cli.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.cli.api.Answer;
import dev.gatehouse.cli.terminal.Table;
import dev.gatehouse.cli.terminal.Terminal;
import java.util.List;

/** Tenants on standard output. */
final class TenantPrinter {

  private static final List<String> COLUMNS =
      List.of("name", "status", "orgId", "createdAt", "displayName");

  private TenantPrinter() {}

  /** The tenant that was written, and how far the change has come. */
  static int print(Terminal terminal, Answer answer) {
    switch (terminal.format()) {
      case TEXT -> terminal.printLine(answer.body().path("name").asText());
      case WIDE -> terminal.printLines(table(List.of(answer.body())));
      case JSON -> terminal.printJson(answer.body());
    }
    return answer.receipt(terminal);
  }

  static List<String> table(List<JsonNode> tenants) {
    return Table.of(tenants, COLUMNS).lines();
  }
}
