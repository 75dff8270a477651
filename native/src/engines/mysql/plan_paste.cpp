#include "engines/mysql/plan_paste.h"

#include <algorithm>
#include <cstdlib>

namespace mydba::mysql {
namespace {

constexpr std::string_view arrow = "-> ";
/// One paste holds some plans; a log is read by loggedPlans.
constexpr std::size_t mostPlans = 1000;

std::string_view takeLine(std::string_view& text) {
  const auto end = std::min(text.find('\n'), text.size());
  auto line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

/// Batch mode escapes line ends, tabs and backslashes (mysql.cc, safe_put_field).
std::string unescaped(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char next = text[i] == '\\' && i + 1 < text.size() ? text[i + 1] : '\0';
    if (next == 'n' || next == 't' || next == '\\') {
      plain += next == 'n' ? '\n' : next == 't' ? '\t' : '\\';
      ++i;
    } else {
      plain += text[i];
    }
  }
  return plain;
}

/// Past the object that starts here; npos when it does not end.
std::size_t endOfObject(std::string_view text) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '\\') {
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && c == '{') {
      ++depth;
    } else if (!quoted && c == '}' && --depth == 0) {
      return i + 1;
    }
  }
  return std::string_view::npos;
}

bool isBorder(std::string_view line) {
  return line.starts_with("+-") && line.find_first_not_of("+-") == line.npos;
}

/// Without what the client prints before and after the cell of a row.
std::string_view cellOf(std::string_view line) {
  for (const std::string_view before : {"| ", "EXPLAIN: ", "ANALYZE: "})
    if (line.starts_with(before)) return line.substr(before.size());
  return line;
}

/// Ends of a tree: a border, the end of a bordered cell, what the client says of the rows.
bool endsTree(std::string_view line) {
  const auto first = line.find_first_not_of(' ');
  if (first == line.npos || isBorder(line) || line == " |" || line.starts_with("***")) return true;
  return line.find(" row in set") != line.npos || line.find(" rows in set") != line.npos;
}

}  // namespace

std::vector<std::string> jsonIn(std::string_view text) {
  std::vector<std::string> found;
  while (found.size() < mostPlans) {
    const auto start = text.find('{');
    if (start == text.npos) break;
    text.remove_prefix(start);
    std::string plain;
    if (text.starts_with("{\\n")) {
      plain = unescaped(text.substr(0, text.find('\n')));
      text.remove_prefix(std::min(text.find('\n'), text.size()));
    }
    const std::string_view here = plain.empty() ? text : std::string_view(plain);
    const auto end = endOfObject(here);
    found.emplace_back(here.substr(0, end));
    if (plain.empty()) text.remove_prefix(std::min(end, text.size()));
  }
  return found;
}

std::vector<std::string> treesIn(std::string_view text) {
  std::vector<std::string> found;
  bool inside = false;
  while (!text.empty() && found.size() < mostPlans) {
    const auto line = takeLine(text);
    const auto cell = cellOf(line);
    if (cell.starts_with(arrow)) {
      // Sub-queries of the select list follow the root at the same level.
      const bool more = inside && cell.starts_with("-> Select #");
      if (!more) found.emplace_back();
      inside = true;
      found.back() += cell.find("\\n ") != cell.npos || cell.ends_with("\\n")
                          ? unescaped(cell)
                          : std::string(cell) + "\n";
    } else if (inside && endsTree(line)) {
      inside = false;
    } else if (inside) {
      found.back() += std::string(line) + "\n";
    }
  }
  return found;
}

std::vector<LoggedPlan> loggedPlans(std::string_view text) {
  constexpr std::string_view explain = "# explain: ", time = "# Query_time: ";
  std::vector<LoggedPlan> plans;
  LoggedPlan current;
  const auto finish = [&] {
    if (!current.explain.empty()) plans.push_back(std::move(current));
    current = {};
  };
  while (!text.empty()) {
    const auto line = takeLine(text);
    if (line.starts_with(explain)) {
      current.explain += std::string(line.substr(explain.size())) + "\n";
    } else if (line.starts_with('#')) {
      if (!current.sql.empty()) finish();
      if (line.starts_with(time))
        current.seconds = std::strtod(std::string(line.substr(time.size())).c_str(), nullptr);
    } else if (!line.starts_with("SET timestamp=") && !line.starts_with("use ")) {
      current.sql += (current.sql.empty() ? "" : "\n") + std::string(line);
    }
  }
  finish();
  for (LoggedPlan& plan : plans)
    while (plan.sql.ends_with(';') || plan.sql.ends_with('\n')) plan.sql.pop_back();
  return plans;
}

}  // namespace mydba::mysql
