package dev.gatehouse.tenant.registry;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import java.util.Optional;

/**
 * Up to where an export has come: first the tenants, parents before those nested in them, then the
 * names and organisation ids that were in use once.
 *
 * @param key of the last entry; empty: before the first one
 */
record ExportPosition(Section section, String key) {

  enum Section {
    TENANTS("t"),
    NAMES("n"),
    ORG_IDS("o");

    private final String mark;

    Section(String mark) {
      this.mark = mark;
    }
  }

  static final ExportPosition START = new ExportPosition(Section.TENANTS, "");

  static ExportPosition after(RegistryEntry last) {
    if (last instanceof RegistryEntry.Registered tenant) {
      return new ExportPosition(Section.TENANTS, tenant.name().value());
    }
    if (last instanceof RegistryEntry.NameUsed former) {
      return new ExportPosition(Section.NAMES, former.name().value());
    }
    return new ExportPosition(Section.ORG_IDS, ((RegistryEntry.OrgIdUsed) last).orgId().value());
  }

  /** As it stands in a cursor. */
  String text() {
    return section.mark + key;
  }

  static ExportPosition parse(String text) {
    for (Section section : Section.values()) {
      if (text.startsWith(section.mark)) {
        return new ExportPosition(section, text.substring(1));
      }
    }
    throw new Invalid(
        ErrorCode.CURSOR_INVALID, "Send the cursor exactly as the page before gave it in next");
  }

  Optional<ExportPosition> nextSection() {
    return switch (section) {
      case TENANTS -> Optional.of(new ExportPosition(Section.NAMES, ""));
      case NAMES -> Optional.of(new ExportPosition(Section.ORG_IDS, ""));
      case ORG_IDS -> Optional.empty();
    };
  }
}
