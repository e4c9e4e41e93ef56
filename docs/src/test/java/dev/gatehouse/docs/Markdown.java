package dev.gatehouse.docs;

import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.TextTree;
import java.util.List;

/** Javadoc as one line of Markdown. */
final class Markdown {

  private Markdown() {}

  static String of(List<? extends DocTree> body) {
    StringBuilder line = new StringBuilder();
    for (DocTree part : body) {
      line.append(
          switch (part.getKind()) {
            case CODE -> "`" + ((LiteralTree) part).getBody().getBody().strip() + "`";
            case LINK, LINK_PLAIN -> "`" + ((LinkTree) part).getReference() + "`";
            // Its toString would escape what is not ASCII.
            case TEXT -> ((TextTree) part).getBody();
            default -> part.toString();
          });
    }
    return line.toString().strip().replaceAll("\\s+", " ");
  }
}
