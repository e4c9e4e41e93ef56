package dev.gatehouse.gateway.observation;

import dev.gatehouse.common.error.ErrorCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a request ended, as metrics tell it apart; as many as there are codes, and a few. */
public final class Outcome {

  private static final String[] ANSWERED = {
    "informational", "success", "redirection", "client_error", "server_error"
  };
  private static final Outcome[] BY_STATUS = new Outcome[ANSWERED.length];
  private static final Map<ErrorCode, Outcome> BY_CODE = new EnumMap<>(ErrorCode.class);

  /** The client went away first. */
  public static final Outcome ABORTED = new Outcome(ANSWERED.length, "aborted", "aborted", null);

  /** The upstream broke off in the middle of its answer. */
  public static final Outcome BROKEN =
      new Outcome(ANSWERED.length + 1, "broken", "server_error", null);

  /** It was a WebSocket, and it is closed. */
  public static final Outcome TUNNELLED =
      new Outcome(ANSWERED.length + 2, "tunnelled", "success", null);

  private static final int FIRST_CODE = ANSWERED.length + 3;

  /** How many there are. */
  static final int COUNT = FIRST_CODE + ErrorCode.values().length;

  static {
    for (int i = 0; i < ANSWERED.length; i++) {
      BY_STATUS[i] = new Outcome(i, ANSWERED[i], ANSWERED[i], null);
    }
    for (ErrorCode code : ErrorCode.values()) {
      String coarse = code.status() < 500 ? "refused" : "server_error";
      BY_CODE.put(code, new Outcome(FIRST_CODE + BY_CODE.size(), code.code(), coarse, code));
    }
  }

  private final int index;
  private final String label;
  private final String coarse;
  private final @Nullable ErrorCode refusal;

  private Outcome(int index, String label, String coarse, @Nullable ErrorCode refusal) {
    this.index = index;
    this.label = label;
    this.coarse = coarse;
    this.refusal = refusal;
  }

  /** The upstream's answer went through. */
  public static Outcome answered(int status) {
    return BY_STATUS[Math.min(Math.max(status / 100, 1), ANSWERED.length) - 1];
  }

  /** The gateway answered itself. */
  public static Outcome refused(ErrorCode code) {
    return Objects.requireNonNull(BY_CODE.get(code));
  }

  public int index() {
    return index;
  }

  public String label() {
    return label;
  }

  /** For metrics that have a series for each tenant. */
  public String coarse() {
    return coarse;
  }

  /** With which code the gateway answered itself, if it did. */
  public Optional<ErrorCode> refusal() {
    return Optional.ofNullable(refusal);
  }
}
