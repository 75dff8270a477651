// Lines of EXPLAIN's text format: most are `Name: value`, as in JSON. Some hold several values
// (explain.c): pairs, `Buffers: shared hit=3 read=1, temp written=2`, or columns two blanks apart,
// `Sort Method: quicksort  Memory: 34kB`, for which JSON has fields of other names.

#include "engines/postgres/plan_text_fields.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "engines/postgres/plan_text_step.h"

namespace mydba::postgres {
namespace {

using View = std::string_view;

View takeUntil(View& text, View separator) {
  const View part = text.substr(0, text.find(separator));
  text.remove_prefix(std::min(text.size(), part.size() + separator.size()));
  return part;
}

std::string capitalised(View word) {
  std::string text(word);
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
  return text;
}

/// Calls `visit(scope, name, number)` for `shared hit=3 read=1, temp written=2`.
template <typename Visit>
void visitPairs(View text, Visit&& visit) {
  std::string scope;
  while (!text.empty()) {
    View word = takeUntil(text, " ");
    if (word.empty()) continue;
    const bool last = word.ends_with(',');
    if (last) word.remove_suffix(1);
    if (const auto equals = word.find('='); equals == word.npos)
      scope = word;
    else
      visit(View(scope), word.substr(0, equals), numberOf(word.substr(equals + 1)));
    if (last) scope.clear();
  }
}

bool readPairs(View name, View value, PlanJson& fields) {
  if (name == "Buffers") {
    visitPairs(value, [&](View scope, View kind, const PlanJson& number) {
      fields[capitalised(scope) + " " + capitalised(kind) + " Blocks"] = number;
    });
  } else if (name == "I/O Timings") {
    visitPairs(value, [&](View scope, View kind, const PlanJson& number) {
      // Until 16 one time stands for shared and local pages.
      const bool plain = scope.empty() || scope == "shared/local";
      fields[(plain ? "" : capitalised(scope) + " ") + "I/O " + capitalised(kind) + " Time"] =
          number;
    });
  } else if (name == "WAL") {
    visitPairs(value, [&](View, View kind, const PlanJson& number) {
      fields[kind == "fpi"    ? "WAL FPI"
             : kind == "full" ? "WAL Buffers Full"
                              : "WAL " + capitalised(kind)] = number;
    });
  } else if (name == "Heap Blocks") {
    visitPairs(value, [&](View, View kind, const PlanJson& number) {
      fields[capitalised(kind) + " Heap Blocks"] = number;
    });
  } else if (name == "Tuples" || name == "Memory") {
    visitPairs(value, [&](View, View kind, const PlanJson& number) {
      fields[std::string(name) + " " + capitalised(kind)] = number;
    });
  } else {
    return false;
  }
  return true;
}

/// `Buckets: 2048 (originally 1024)`.
void readHashSize(const std::string& field, View value, PlanJson& fields) {
  fields[field] = numberOf(value);
  constexpr View before = "(originally ";
  const auto at = value.find(before);
  fields["Original " + field] =
      at == value.npos ? fields[field] : numberOf(value.substr(at + before.size()));
}

void readSortGroups(View value, View columns, PlanJson& groups) {
  groups = PlanJson::object();
  groups["Group Count"] = numberOf(value);
  while (!columns.empty()) {
    View rest = takeUntil(columns, "  ");
    const View name = takeUntil(rest, ": ");
    if (name.starts_with("Sort Method")) {
      auto& methods = groups["Sort Methods Used"] = PlanJson::array();
      while (!rest.empty()) methods.push_back(takeUntil(rest, ", "));
    }
    for (const char* kind : {"Memory", "Disk"})
      for (const char* measure : {"Average", "Peak"})
        if (name == std::string(measure) + " " + kind)
          groups[std::string("Sort Space ") + kind][std::string(measure) + " Sort Space Used"] =
              numberOf(rest);
  }
}

/// The name that JSON has for a column of a line that begins with `first`; empty for the same.
std::string columnName(View first, View name) {
  if (name == "Memory Usage") return "Peak Memory Usage";
  if (first == "Hits") return "Cache " + std::string(name);
  if (name == "Batches") return first == "Buckets" ? "Hash Batches" : "HashAgg Batches";
  if (name == "Buckets") return "Hash Buckets";
  return std::string(name);
}

bool readColumns(View first, View line, PlanJson& fields) {
  constexpr std::array<View, 6> starts{"Sort Method",        "Buckets", "Batches",
                                       "Planned Partitions", "Hits",    "Storage"};
  if (std::find(starts.begin(), starts.end(), first) == starts.end()) return false;
  while (!line.empty()) {
    View value = takeUntil(line, "  ");
    const View name = takeUntil(value, ": ");
    if (first == "Sort Method" && name != first) {
      fields["Sort Space Used"] = numberOf(value);
      fields["Sort Space Type"] = name;
    } else if (name == "Sort Method" || name == "Storage") {
      fields[std::string(name)] = value;
    } else if (first == "Buckets" && name != "Memory Usage") {
      readHashSize(columnName(first, name), value, fields);
    } else {
      fields[columnName(first, name)] = numberOf(value);
    }
  }
  return true;
}

PlanJson valueOf(View name, View value) {
  constexpr std::array<View, 3> truths{"Disabled", "Inner Unique", "Single Copy"};
  if (std::find(truths.begin(), truths.end(), name) != truths.end()) return value == "true";
  View number = value;
  if (number.ends_with(" ms")) number.remove_suffix(3);
  std::int64_t integer = 0;
  const char* end = number.data() + number.size();
  if (std::from_chars(number.data(), end, integer).ptr == end && !number.empty()) return integer;
  double real = 0;
  const auto read = std::from_chars(number.data(), end, real, std::chars_format::fixed);
  if (read.ptr == end && read.ec == std::errc{}) return real;
  return value;
}

/// `Inlining true, Optimization false` or `Generation 0.5 ms (Deform 0.1 ms), Inlining 0.0 ms`.
template <typename Visit>
void visitJitParts(View text, Visit&& visit) {
  while (!text.empty()) {
    View value = takeUntil(text, ", ");
    const View name = takeUntil(value, " ");
    visit(std::string(name), value);
  }
}

}  // namespace

bool readFieldLine(View line, PlanJson& fields) {
  const auto colon = line.find(": ");
  if (colon == line.npos || colon == 0) return false;
  const View name = line.substr(0, colon);
  View value = line.substr(colon + 2);
  while (value.starts_with(' ')) value.remove_prefix(1);
  if (name == "Full-sort Groups" || name == "Pre-sorted Groups") {
    const View count = takeUntil(value, "  ");
    readSortGroups(count, value, fields[std::string(name)]);
    return true;
  }
  if (readPairs(name, value, fields) || readColumns(name, line, fields)) return true;
  auto& field = fields[std::string(name)];
  // Grouping sets have a line each.
  if (field.is_string())
    field = field.get<std::string>() + "; " + std::string(value);
  else
    field = valueOf(name, value);
  return true;
}

void readTriggerLine(View line, PlanJson& whole) {
  const auto colon = line.rfind(": ");
  if (colon == line.npos) return;
  PlanJson trigger = PlanJson::object();
  visitPairs(line.substr(colon + 2),
             [&](View, View name, const PlanJson& number) { trigger[capitalised(name)] = number; });
  View names = line.substr(0, colon);
  takeUntil(names, "Trigger ");
  if (const auto on = names.rfind(" on "); on != names.npos) {
    trigger["Relation"] = names.substr(on + 4);
    names = names.substr(0, on);
  }
  constexpr View of = "for constraint ";
  if (const auto at = names.find(of); at != names.npos)
    trigger["Constraint Name"] = names.substr(at + of.size());
  else
    trigger["Trigger Name"] = names;
  whole["Triggers"].push_back(std::move(trigger));
}

void readSettingsLine(View line, PlanJson& whole) {
  takeUntil(line, "Settings: ");
  auto& settings = whole["Settings"] = PlanJson::object();
  while (!line.empty()) {
    const View name = takeUntil(line, " = '");
    std::string value;
    while (!line.empty()) {
      value += takeUntil(line, "'");
      if (!line.starts_with('\'')) break;
      value += '\'';
      line.remove_prefix(1);
    }
    settings[std::string(name)] = value;
    if (line.starts_with(", ")) line.remove_prefix(2);
  }
}

void readSerializationLine(View line, PlanJson& serialization) {
  takeUntil(line, "Serialization: ");
  constexpr View format = "format=";
  if (const auto at = line.find(format); at != line.npos)
    serialization["Format"] = line.substr(at + format.size());
  visitPairs(line, [&](View, View name, const PlanJson& number) {
    if (name == "time") serialization["Time"] = number;
    if (name == "output") serialization["Output Volume"] = number;
  });
}

bool readJitLine(View line, PlanJson& jit) {
  View value = line;
  const View name = takeUntil(value, ": ");
  if (name == "Functions") {
    jit["Functions"] = numberOf(value);
  } else if (name == "Options") {
    visitJitParts(value, [&](const std::string& option, View set) {
      jit["Options"][option] = set == "true";
    });
  } else if (name == "Timing") {
    visitJitParts(
        value, [&](const std::string& phase, View time) { jit["Timing"][phase] = numberOf(time); });
  } else {
    return false;
  }
  return true;
}

}  // namespace mydba::postgres
