package dev.gatehouse.tenant.bootstrap;

import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Creates the Secret with {@code AUTH_API_KEY} where there is none, so that no manifest ever holds
 * the value: {@code java -cp 'app/*' dev.gatehouse.tenant.bootstrap.CreateSecret NAMESPACE NAME}.
 * It runs in a pod whose service account may create Secrets there, and do nothing else.
 */
public final class CreateSecret {

  static final String KEY = "AUTH_API_KEY";

  private static final int RANDOM_BYTES = 48;
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  /** RFC 1123: what a namespace is called; names of Secrets may have dots too. */
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

  private final ServiceAccount account;
  private final PrintStream out;

  private CreateSecret(ServiceAccount account, PrintStream out) {
    this.account = account;
    this.out = out;
  }

  public static void main(String[] arguments) {
    System.exit(run(arguments, System.getenv(), ServiceAccount.MOUNT, System.out, System.err));
  }

  /** What {@link #main} exits with. */
  static int run(
      String[] arguments,
      Map<String, String> environment,
      Path mount,
      PrintStream out,
      PrintStream err) {
    if (arguments.length != 2
        || !NAMESPACE.matcher(arguments[0]).matches()
        || !NAME.matcher(arguments[1]).matches()) {
      err.println("Usage: CreateSecret NAMESPACE NAME");
      return WRONG_USAGE;
    }
    try {
      ServiceAccount account = ServiceAccount.of(environment, mount);
      new CreateSecret(account, out).create(arguments[0], arguments[1]);
      return DONE;
    } catch (Refused e) {
      err.println("The Secret was not created: " + e.getMessage());
      return FAILED;
    }
  }

  /** Answers of the API server are not quoted: what stands between may repeat what it was sent. */
  private void create(String namespace, String name) throws Refused {
    String secret = "Secret " + namespace + "/" + name;
    int status = send(namespace, name);
    switch (status) {
      case 201 -> out.println(secret + " is created");
      case 409 -> out.println(secret + " is there already, and stays as it is");
      case 401 ->
          throw new Refused(
              "the API server does not accept the token of the service account (401). Is it one of"
                  + " this cluster, and not expired?");
      case 403 ->
          throw new Refused(
              "the service account may not create Secrets in namespace "
                  + namespace
                  + " (403). Bind it to a Role with the verb create on secrets, or set"
                  + " auth.existingSecret.");
      case 404 -> throw new Refused("there is no namespace " + namespace + " (404).");
      default ->
          throw new Refused("the API server answers " + status + " at " + account.server() + ".");
    }
  }

  private int send(String namespace, String name) throws Refused {
    HttpRequest request =
        account
            .request("/api/v1/namespaces/" + namespace + "/secrets")
            .POST(HttpRequest.BodyPublishers.ofString(manifest(name)))
            .build();
    try {
      return account.client().send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new Refused(
          "the API server at " + account.server() + " is not reached: " + ServiceAccount.reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused("interrupted.");
    }
  }

  private static String manifest(String name) {
    return """
        {"apiVersion":"v1","kind":"Secret","type":"Opaque",
         "metadata":{"name":"%s","labels":{"app.kubernetes.io/part-of":"gatehouse"}},
         "stringData":{"%s":"%s"}}"""
        .formatted(name, KEY, randomValue());
  }

  /** Letters, digits, {@code -} and {@code _}: as it is, an HTTP header can carry it. */
  private static String randomValue() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
