package dev.gatehouse.gateway.connector;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * One request to a server and its answer. Confined to the event loop that it was opened on. Every
 * stream has to come to its end or to be cancelled, or its connection is lost to others.
 */
public interface HttpStream {

  /** Is told what the server does, on the stream's event loop, until its end or failure. */
  interface Handler {

    /** The server wants the body (RFC 9110 §15.2.1). */
    void agreed();

    /** A 103 (RFC 8297): there may be several before the answer. */
    void hinted(MultiMap hints);

    /** The head of the answer. */
    void answered(AnswerHead head);

    /** A piece of its body; nothing of it is kept. */
    void received(Buffer chunk);

    /** The answer is complete. The last call, like {@link #failed}. */
    void ended(MultiMap trailers);

    /** There is room for more of the request, after {@link HttpStream#isFull}. */
    void drained();

    /** The server cannot be understood or has gone. The last call, like {@link #ended}. */
    void failed(Throwable cause);
  }

  /**
   * Sends the head; once, before anything else.
   *
   * @param handler is told all that follows
   */
  void send(RequestHead head, Handler handler);

  /** Sends a piece of the body. */
  void write(Buffer chunk);

  /** The body is complete. */
  void end();

  /** Whether the server takes less than it is sent. */
  boolean isFull();

  /** No more of the answer, please. */
  void pause();

  /** More of the answer, please. */
  void resume();

  /** Nobody wants to know any more; the handler is not called again. */
  void cancel();
}
