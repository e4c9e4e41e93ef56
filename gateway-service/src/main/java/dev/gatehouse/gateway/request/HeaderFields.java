package dev.gatehouse.gateway.request;

import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.MultiMap;
import java.util.Iterator;
import java.util.Map;

/** The fields of a header section one by one, without a String made for each name. */
public final class HeaderFields {

  private HeaderFields() {}

  public static Iterator<? extends Map.Entry<? extends CharSequence, ? extends CharSequence>> of(
      MultiMap headers) {
    return headers instanceof HttpHeaders fields
        ? fields.iteratorCharSequence()
        : headers.iterator();
  }
}
