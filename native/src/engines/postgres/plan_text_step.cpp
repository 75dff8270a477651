#include "engines/postgres/plan_text_step.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace mydba::postgres {
namespace {

using View = std::string_view;

bool takeWord(View& text, View word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

/// Where `word` stands outside of quoted names.
std::size_t findOutside(View text, View word) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (!quoted && text.substr(i).starts_with(word)) return i;
  }
  return View::npos;
}

/// Takes a name, quoted (`"a ""b"`) or not, from the front.
std::string takeName(View& text) {
  std::string name;
  if (!takeWord(text, "\"")) {
    const auto end = text.find_first_of(". ");
    name = text.substr(0, end);
    text.remove_prefix(name.size());
    return name;
  }
  while (!text.empty()) {
    const char c = text.front();
    text.remove_prefix(1);
    if (c == '"' && !takeWord(text, "\"")) break;
    name += c;
  }
  return name;
}

/// `schema.name alias`, of which the first and the last may be missing.
void readTarget(View text, View type, PlanJson& step) {
  std::string name = takeName(text);
  if (takeWord(text, ".")) {
    step["Schema"] = name;
    name = takeName(text);
  }
  if (type == "Bitmap Index Scan") {
    step["Index Name"] = name;
    return;
  }
  if (type != "Subquery Scan" && type != "Values Scan") {
    const char* field = type == "CTE Scan" || type == "WorkTable Scan" ? "CTE Name"
                        : type == "Function Scan"                      ? "Function Name"
                        : type == "Table Function Scan"                ? "Table Function Name"
                        : type == "Named Tuplestore Scan"              ? "Tuplestore Name"
                                                                       : "Relation Name";
    step[field] = name;
  }
  step["Alias"] = takeWord(text, " ") ? takeName(text) : name;
}

bool readJoin(View name, PlanJson& step) {
  for (const View type : {"Nested Loop", "Hash", "Merge"}) {
    const View suffix = " Join";
    const bool loop = type == "Nested Loop";
    if (!name.starts_with(type) || (!name.ends_with(suffix) && !(loop && name == type))) continue;
    View kind = name.substr(type.size());
    if (kind.ends_with(suffix)) kind.remove_suffix(suffix.size());
    if (!kind.empty()) kind.remove_prefix(1);
    step["Node Type"] = loop ? std::string(type) : std::string(type) + " Join";
    step["Join Type"] = kind.empty() ? "Inner" : std::string(kind);
    return true;
  }
  return false;
}

bool readAggregate(View name, PlanJson& step) {
  constexpr std::array<std::pair<View, View>, 4> strategies{{{"HashAggregate", "Hashed"},
                                                             {"GroupAggregate", "Sorted"},
                                                             {"MixedAggregate", "Mixed"},
                                                             {"Aggregate", "Plain"}}};
  for (const auto& [written, strategy] : strategies) {
    if (name != written) continue;
    step["Node Type"] = "Aggregate";
    step["Strategy"] = strategy;
    return true;
  }
  return false;
}

bool readSetOperation(View name, PlanJson& step) {
  const bool hashed = takeWord(name, "Hash");
  if (!takeWord(name, "SetOp ")) return false;
  step["Node Type"] = "SetOp";
  step["Strategy"] = hashed ? "Hashed" : "Sorted";
  step["Command"] = name;
  return true;
}

bool readModification(View name, PlanJson& step) {
  const bool foreign = takeWord(name, "Foreign ");
  for (const View operation : {"Insert", "Update", "Delete", "Merge"})
    if (name == operation) {
      step["Node Type"] = foreign ? "Foreign Scan" : "ModifyTable";
      step["Operation"] = operation;
      return true;
    }
  return false;
}

bool readCustomScan(View name, PlanJson& step) {
  if (!takeWord(name, "Custom Scan (") || !name.ends_with(')')) return false;
  name.remove_suffix(1);
  step["Node Type"] = "Custom Scan";
  step["Custom Plan Provider"] = name;
  return true;
}

void readStepName(View name, PlanJson& step) {
  if (takeWord(name, "Parallel ")) step["Parallel Aware"] = true;
  if (takeWord(name, "Async ")) step["Async Capable"] = true;
  for (const View mode : {"Partial", "Finalize"})
    if (name.starts_with(mode)) {
      step["Partial Mode"] = mode;
      name.remove_prefix(mode.size() + 1);
    }
  constexpr View backward = " Backward";
  if (name.ends_with(backward)) {
    step["Scan Direction"] = "Backward";
    name.remove_suffix(backward.size());
  }
  if (readJoin(name, step) || readAggregate(name, step) || readSetOperation(name, step) ||
      readModification(name, step) || readCustomScan(name, step))
    return;
  step["Node Type"] = name;
}

View trimRight(View text) {
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

void readRange(View value, const char* first, const char* second, PlanJson& fields) {
  const auto dots = value.find("..");
  fields[first] = leadingNumber(value);
  if (dots != value.npos) fields[second] = leadingNumber(value.substr(dots + 2));
}

}  // namespace

void readNumberGroup(View group, PlanJson& fields) {
  const bool actual = takeWord(group, "actual ");
  while (!group.empty()) {
    View word = group.substr(0, group.find(' '));
    group.remove_prefix(std::min(group.size(), word.size() + 1));
    if (takeWord(word, "cost=")) readRange(word, "Startup Cost", "Total Cost", fields);
    if (takeWord(word, "time="))
      readRange(word, "Actual Startup Time", "Actual Total Time", fields);
    if (takeWord(word, "rows=")) fields[actual ? "Actual Rows" : "Plan Rows"] = leadingNumber(word);
    if (takeWord(word, "loops=")) fields["Actual Loops"] = leadingNumber(word);
    if (takeWord(word, "width=")) fields["Plan Width"] = leadingNumber(word);
  }
}

double leadingNumber(View text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

PlanJson numberOf(View text) {
  const double value = leadingNumber(text);
  const bool whole = std::abs(value) < 1e15 && value == std::floor(value);
  return whole ? PlanJson(static_cast<std::int64_t>(value)) : PlanJson(value);
}

View takeNumbers(View line, PlanJson& fields) {
  for (line = trimRight(line); line.ends_with(')'); line = trimRight(line)) {
    const auto open = line.rfind('(');
    if (open == line.npos) break;
    const View group = line.substr(open + 1, line.size() - open - 2);
    if (group == "never executed")
      fields["Actual Loops"] = 0;
    else if (group.starts_with("cost=") || group.starts_with("actual "))
      readNumberGroup(group, fields);
    else
      break;
    line = line.substr(0, open);
  }
  return line;
}

PlanJson readStepLine(View line) {
  PlanJson step = PlanJson::object();
  View name = takeNumbers(line, step);
  View target;
  if (const auto on = findOutside(name, " on "); on != name.npos) {
    target = name.substr(on + 4);
    name = name.substr(0, on);
  }
  if (const auto with = findOutside(name, " using "); with != name.npos) {
    View index = name.substr(with + 7);
    step["Index Name"] = takeName(index);
    name = name.substr(0, with);
  }
  readStepName(name, step);
  if (!target.empty()) readTarget(target, step["Node Type"].get_ref<const std::string&>(), step);
  return step;
}

}  // namespace mydba::postgres
