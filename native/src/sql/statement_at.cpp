#include "sql/statement_at.h"

namespace mydba::sql {
namespace {

/// True when one of the lines that end in the text holds nothing; what follows the last one does
/// not count.
bool hasBlankLine(std::string_view text) {
  for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    if (text.substr(0, end).find_first_not_of(" \t\r") == std::string_view::npos) return true;
    text.remove_prefix(end + 1);
  }
  return false;
}

}  // namespace

std::optional<std::size_t> statementAt(std::string_view text,
                                       const std::vector<StatementRange>& statements,
                                       std::size_t cursor) {
  const auto newline = text.substr(0, cursor).rfind('\n');
  const std::size_t line = newline == std::string_view::npos ? 0 : newline + 1;
  std::optional<std::size_t> before;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    const auto& [start, end] = statements[i];
    if (start > cursor) {
      if (!before && !hasBlankLine(text.substr(line, start - line))) before = i;
      break;
    }
    if (cursor <= end) return i;
    if (end >= line) before = i;
  }
  if (!before && statements.size() == 1) return 0;
  return before;
}

}  // namespace mydba::sql
