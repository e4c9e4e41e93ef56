package dev.gatehouse.key.material;

import static dev.gatehouse.key.material.KeyRefusals.invalid;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The blocks of a PEM text (RFC 7468); what stands between them is explanation and is passed by.
 */
final class Pem {

  private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----");

  private Pem() {}

  static boolean isPem(String text) {
    return text.contains("-----BEGIN ");
  }

  static List<VerificationKey> parse(String text) {
    List<VerificationKey> keys = new ArrayList<>();
    Matcher begin = BEGIN.matcher(text);
    int from = 0;
    while (begin.find(from)) {
      String label = begin.group(1);
      String end = "-----END " + label + "-----";
      int endAt = text.indexOf(end, begin.end());
      if (endAt < 0) {
        throw invalid("The PEM block has no end; send it whole");
      }
      keys.add(keyOf(label, text.substring(begin.end(), endAt)));
      from = endAt + end.length();
    }
    if (keys.isEmpty()) {
      throw invalid("The PEM text holds no complete block");
    }
    return keys;
  }

  private static VerificationKey keyOf(String label, String body) {
    return switch (label) {
      case "PUBLIC KEY" -> SubjectPublicKeyInfo.parse(decode(body));
      case "RSA PUBLIC KEY" -> SubjectPublicKeyInfo.parseRsa(decode(body));
      case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE" ->
          throw invalid(
              "This is a certificate; send its public key:"
                  + " openssl x509 -in cert.pem -noout -pubkey");
      case "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST" ->
          throw invalid(
              "This is a certificate request; send its public key:"
                  + " openssl req -in request.pem -noout -pubkey");
      default ->
          throw invalid(
              "Only PEM blocks of the type PUBLIC KEY (or RSA PUBLIC KEY) are public keys;"
                  + " openssl pkey -pubin -in key.pem shows whether a file holds one");
    };
  }

  private static byte[] decode(String body) {
    byte[] der;
    try {
      der = Base64.getDecoder().decode(body.replaceAll("[ \t\r\n]", ""));
    } catch (IllegalArgumentException e) {
      throw invalid("The PEM block is damaged: it is not base64");
    }
    if (PrivateKeyMaterial.isPrivate(der)) {
      throw KeyRefusals.privateKey();
    }
    return der;
  }
}
