#include "ai/redact/text_plan.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "ai/redact/prose_sql.h"
#include "base/embedded.h"

namespace mydba::ai {
namespace {

/// Bytes of blanks and of the lines of the tree at the start.
std::size_t indentOf(std::string_view line) {
  constexpr std::string_view drawn[] = {" ", "│", "├", "└", "─"};
  std::size_t at = 0;
  for (bool more = true; more;) {
    more = false;
    for (const std::string_view piece : drawn)
      if (line.substr(at).starts_with(piece)) {
        at += piece.size();
        more = true;
      }
  }
  return at;
}

/// The condition of a line behind its indent.
std::optional<std::string_view> conditionOf(std::string_view line, std::string_view& label) {
  for (const std::string_view each : {"on: ", "filter: "})
    if (line.starts_with(each)) {
      label = each;
      return line.substr(each.size());
    }
  return std::nullopt;
}

bool isNumber(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789.,e+- ms") == text.npos;
}

/// `  (cost 4.5, rows ~1,000, time 5.1 ms)` at the end of a step's line; empty when it has none.
std::string_view numbersOf(std::string_view line) {
  constexpr std::string_view names[] = {"cost ", "rows ~", "rows ",   "loops ",
                                        "time ", "own ",   "removed "};
  const std::size_t open = line.rfind("  (");
  if (open == line.npos || !line.ends_with(')')) return {};
  std::string_view rest = line.substr(open + 3, line.size() - open - 4);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(", "), rest.size());
    const std::string_view item = rest.substr(0, end);
    const bool known =
        item == "never executed" || std::ranges::any_of(names, [&](std::string_view name) {
          return item.starts_with(name) && isNumber(item.substr(name.size()));
        });
    if (!known) return {};
    rest.remove_prefix(std::min(end + 2, rest.size()));
  }
  return line.substr(open);
}

template <typename Take>
void eachLine(std::string_view text, const Take& take) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    take(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

/// `! full-table-scan: reads …`; false for another line.
bool redactFindingLine(Draft& draft, Conversation& conversation, std::string_view line,
                       std::span<const std::string> quoted) {
  for (const std::string_view mark : {"!! ", "! ", "i "}) {
    const std::size_t colon = line.find(": ");
    if (!line.starts_with(mark) || colon == line.npos) continue;
    draft.text += mark;
    if (redactRule(draft, line.substr(mark.size(), colon - mark.size()))) {
      draft.text += ": ";
      redactRemark(draft, conversation, line.substr(colon + 2), quoted, Numbers::keep);
    } else {
      draft.leaveOut("a finding of a rule that is not known");
    }
    return true;
  }
  return false;
}

void redactNames(Draft& draft, Conversation& conversation, std::string_view names, NameKind kind) {
  while (!names.empty()) {
    const std::size_t end = std::min(names.find(' '), names.size());
    if (end > 0) redactName(draft, conversation, names.substr(0, end), kind);
    if (end < names.size()) draft.text += ' ';
    names.remove_prefix(std::min(end + 1, names.size()));
    kind = NameKind::tableAlias;
  }
}

}  // namespace

std::vector<std::string> conditionsOf(std::string_view plan) {
  std::vector<std::string> conditions;
  eachLine(plan, [&](std::string_view line) {
    std::string_view label;
    if (const auto condition = conditionOf(line.substr(indentOf(line)), label))
      conditions.emplace_back(*condition);
  });
  return conditions;
}

void redactTextPlan(Draft& draft, Conversation& conversation, std::string_view plan,
                    std::span<const std::string> quoted) {
  constexpr std::string_view cut = "… (cut: the plan is longer)";
  eachLine(plan, [&](std::string_view line) {
    const std::size_t indent = indentOf(line);
    draft.text += line.substr(0, indent);
    line.remove_prefix(indent);
    std::string_view label;
    if (const auto condition = conditionOf(line, label)) {
      draft.text += label;
      redactSql(draft, conversation, *condition);
    } else if (line == cut) {
      draft.text += cut;
    } else if (!redactFindingLine(draft, conversation, line, quoted)) {
      const std::string_view numbers = numbersOf(line);
      redactStep(draft, conversation, line.substr(0, line.size() - numbers.size()));
      draft.text += numbers;
    }
    draft.text += '\n';
  });
}

void redactStep(Draft& draft, Conversation& conversation, std::string_view step) {
  constexpr std::string_view on = " on ";
  constexpr std::string_view with = " using ";
  // A statement that a function ran is a step too.
  if (sqlLength(step, *conversation.dialect) > 0) return redactSql(draft, conversation, step);
  const std::size_t index = step.rfind(with);
  const std::string_view indexName =
      index == step.npos ? std::string_view() : step.substr(index + with.size());
  step = step.substr(0, index);
  const std::size_t relation = step.find(on);
  redactProse(draft, conversation, step.substr(0, relation), Numbers::keep);
  if (relation != step.npos) {
    draft.text += on;
    redactNames(draft, conversation, step.substr(relation + on.size()), NameKind::table);
  }
  if (indexName.empty()) return;
  draft.text += with;
  redactName(draft, conversation, indexName, NameKind::index);
}

bool redactRule(Draft& draft, std::string_view id) {
  if (id.empty() || id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != id.npos)
    return false;
  const std::string heading = "\n## " + std::string(id) + "\n";
  const bool written = std::ranges::any_of(embeddedFiles(), [&](const EmbeddedFile& file) {
    return file.path.starts_with("rag-docs/") && file.text.find(heading) != file.text.npos;
  });
  if (written) draft.text += id;
  return written;
}

}  // namespace mydba::ai
