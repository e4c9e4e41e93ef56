package dev.gatehouse.docs;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What stands in annotations, as far as it is written there as text. */
final class Annotations {

  private Annotations() {}

  /** The members of an annotation by their names; those that are no literal have no value. */
  static Optional<Map<String, Optional<String>>> of(Tree annotated, String annotation) {
    return modifiers(annotated).getAnnotations().stream()
        .filter(each -> each.getAnnotationType().toString().equals(annotation))
        .findFirst()
        .map(Annotations::members);
  }

  /** The only member of an annotation such as {@code @WithDefault("1s")}. */
  static Optional<String> value(Tree annotated, String annotation) {
    return of(annotated, annotation)
        .map(
            members ->
                members
                    .getOrDefault("value", Optional.empty())
                    .orElseThrow(
                        () ->
                            new IllegalStateException(
                                "Write the value of @" + annotation + " as a literal")));
  }

  private static Map<String, Optional<String>> members(AnnotationTree annotation) {
    Map<String, Optional<String>> members = new TreeMap<>();
    for (ExpressionTree argument : annotation.getArguments()) {
      boolean named = argument instanceof AssignmentTree;
      String name = named ? ((AssignmentTree) argument).getVariable().toString() : "value";
      Tree value = named ? ((AssignmentTree) argument).getExpression() : argument;
      members.put(
          name,
          value instanceof LiteralTree literal
              ? Optional.of(String.valueOf(literal.getValue()))
              : Optional.empty());
    }
    return members;
  }

  private static ModifiersTree modifiers(Tree tree) {
    if (tree instanceof ClassTree type) {
      return type.getModifiers();
    }
    if (tree instanceof MethodTree method) {
      return method.getModifiers();
    }
    return ((VariableTree) tree).getModifiers();
  }
}
