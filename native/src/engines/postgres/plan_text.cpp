// EXPLAIN's text format (explain.c, ExplainNode): a tree by indentation. The first step stands at
// some column; what belongs to a step, its fields and the arrows of its inputs, is indented further
// than its name; an init-plan, a sub-plan and a CTE have a line of their own above their arrow.
// Facts of the whole plan stand at the first step's column again.
//
// The text becomes the JSON that the server would have given, which the reader of JSON then reads:
// there is one place that knows what fields mean.

#include "engines/postgres/plan_text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engines/postgres/plan_fields.h"
#include "engines/postgres/plan_reader.h"
#include "engines/postgres/plan_text_fields.h"
#include "engines/postgres/plan_text_step.h"
#include "plan/walk.h"

namespace mydba::postgres {
namespace {

using View = std::string_view;

constexpr View arrow = "->  ";

struct Line {
  std::size_t column = 0;
  View text;
};

bool isBlank(char c) { return c == ' ' || c == '\t'; }

void trim(View& text) {
  while (!text.empty() && isBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && (isBlank(text.back()) || text.back() == '\r')) text.remove_suffix(1);
}

/// Header, ruler and footer of psql in its formats.
bool isDecoration(View text) {
  if (text.empty() || text == "QUERY PLAN") return true;
  if (text.find_first_not_of("-+=|") == text.npos) return true;
  return text.starts_with('(') && (text.ends_with(" rows)") || text.ends_with(" row)"));
}

/// A line without psql's frame, pgAdmin's quotes and indentation; nothing for decoration.
std::optional<Line> lineOf(View raw) {
  View text = raw;
  std::size_t column = 0;
  trim(text);
  if (text.starts_with('|')) {
    if (text.ends_with('|') && text.size() > 1) text.remove_suffix(1);
    text.remove_prefix(1);
  } else if (text.starts_with('"') && text.ends_with('"') && text.size() > 1) {
    text = text.substr(1, text.size() - 2);
  } else {
    text = raw;
  }
  while (column < text.size() && isBlank(text[column])) ++column;
  trim(text);
  if (isDecoration(text)) return std::nullopt;
  return Line{.column = column, .text = text};
}

class TextReader {
 public:
  Result<PlanJson> read(View text) {
    while (!text.empty() && !tooDeep_) {
      const auto end = std::min(text.find('\n'), text.size());
      if (const auto line = lineOf(text.substr(0, end))) this->line(*line);
      text.remove_prefix(std::min(text.size(), end + 1));
    }
    if (tooDeep_) return notAPlan("it is nested too deeply");
    if (open_.empty()) return notAPlan("it has no step");
    closeTo(0);
    return std::move(whole_);
  }

  std::vector<std::string> warnings;

 private:
  enum class Kind { step, label, worker, section };
  /// Something that indented lines may belong to; the innermost is last.
  struct Open {
    Kind kind;
    std::size_t column;
    PlanJson json;
    std::string name = {};  ///< of a label or section
  };

  void line(Line line) {
    if (line.text.starts_with(arrow)) return step(line.column, line.text.substr(arrow.size()));
    if (open_.empty()) {
      if (isStepLine(line.text)) step(line.column, line.text);
      return;  // what people wrote above
    }
    if (line.column <= open_.front().column || isFact(line.text)) return fact(line);
    closeTo(line.column);
    if (open_.back().kind == Kind::section) return sectionLine(line.text);
    if (isLabel(line.text)) {
      open_.push_back({Kind::label, line.column, {}, std::string(line.text)});
    } else if (line.text.starts_with("Worker ")) {
      worker(line);
    } else if (!readFieldLine(line.text, open_.back().json)) {
      warnings.push_back("not understood: " + std::string(line.text));
    }
  }

  /// Known by its name too, because a copied first line may have lost its indentation.
  static bool isFact(View text) {
    constexpr std::array<View, 8> facts{
        "Planning Time: ", "Execution Time: ", "Planning:", "JIT:",
        "Settings: ",      "Serialization:",   "Trigger ",  "Query Identifier: "};
    return std::any_of(facts.begin(), facts.end(),
                       [&](View fact) { return text.starts_with(fact); });
  }

  static bool isLabel(View text) {
    return text.starts_with("InitPlan ") || text.starts_with("SubPlan ") ||
           text.starts_with("CTE ");
  }

  void step(std::size_t column, View text) {
    if (!open_.empty()) closeTo(column);
    if (open_.size() > plan::maximumDepth) {
      tooDeep_ = true;
      return;
    }
    // Its fields stand two columns behind its name, which is four behind the arrow.
    open_.push_back({Kind::step, column, readStepLine(text)});
  }

  /// `Worker 0:  actual time=…` opens a worker; without VERBOSE a field may follow in the line.
  void worker(const Line& line) {
    const auto colon = line.text.find(':');
    PlanJson worker = PlanJson::object();
    worker["Worker Number"] = leadingNumber(line.text.substr(sizeof("Worker ") - 1));
    View rest = colon == line.text.npos ? View{} : line.text.substr(colon + 1);
    trim(rest);
    if (rest.starts_with("actual "))
      readNumberGroup(rest, worker);
    else
      readFieldLine(rest, worker);
    open_.push_back({Kind::worker, line.column, std::move(worker)});
  }

  /// A line that belongs to the whole plan.
  void fact(const Line& line) {
    closeTo(open_.front().column + 1);
    View text = line.text;
    if (text == "Planning:" || text.starts_with("JIT:") || text.starts_with("Serialization:")) {
      Open section{Kind::section, line.column + 1, PlanJson::object(),
                   std::string(text.substr(0, text.find(':')))};
      if (section.name == "Serialization") readSerializationLine(text, section.json);
      open_.push_back(std::move(section));
    } else if (text.starts_with("Trigger ")) {
      readTriggerLine(text, whole_);
    } else if (text.starts_with("Settings: ")) {
      readSettingsLine(text, whole_);
    } else if (!readFieldLine(text, whole_)) {
      warnings.push_back("not understood: " + std::string(text));
    }
  }

  void sectionLine(View text) {
    Open& section = open_.back();
    const bool read =
        section.name == "JIT" ? readJitLine(text, section.json) : readFieldLine(text, section.json);
    if (!read) warnings.push_back("not understood: " + std::string(text));
  }

  /// Closes what a line at `column` is not part of; the root only with 0.
  void closeTo(std::size_t column) {
    while (!open_.empty() && (column == 0 || (open_.size() > 1 && open_.back().column >= column)))
      closeLast();
  }

  void closeLast() {
    Open last = std::move(open_.back());
    open_.pop_back();
    if (last.kind == Kind::section) {
      whole_[last.name] = std::move(last.json);
    } else if (open_.empty()) {
      whole_["Plan"] = std::move(last.json);
    } else if (last.kind == Kind::worker) {
      open_.back().json["Workers"].push_back(std::move(last.json));
    } else if (last.kind == Kind::step) {
      attach(std::move(last.json));
    }
  }

  void attach(PlanJson step) {
    auto at = open_.rbegin();
    if (at->kind == Kind::label) {
      step["Parent Relationship"] = at->name.starts_with("SubPlan ") ? "SubPlan" : "InitPlan";
      step["Subplan Name"] = at->name;
    }
    while (at != open_.rend() && at->kind != Kind::step) ++at;
    if (at == open_.rend()) return;
    if (!step.contains("Parent Relationship")) step["Parent Relationship"] = relationship(at->json);
    at->json["Plans"].push_back(std::move(step));
  }

  /// The first input is the outer one, as in JSON.
  static const char* relationship(const PlanJson& parent) {
    const auto plans = parent.find("Plans");
    if (plans != parent.end())
      for (const auto& plan : *plans)
        if (plan["Parent Relationship"] == "Outer") return "Inner";
    return "Outer";
  }

  PlanJson whole_ = PlanJson::object();
  std::vector<Open> open_;
  bool tooDeep_ = false;
};

}  // namespace

bool isStepLine(View line) {
  PlanJson numbers = PlanJson::object();
  takeNumbers(line, numbers);
  if (numbers.contains("Plan Width")) return true;
  trim(line);
  return numbers.contains("Actual Loops") && !line.starts_with("->");
}

Result<protocol::PlanTree> readTextPlan(View text, View version) {
  TextReader reader;
  auto whole = reader.read(text);
  if (!whole) return whole.error();
  auto tree = readPlan(whole->dump(-1, ' ', false, PlanJson::error_handler_t::replace), version);
  if (!tree) return tree.error();
  tree->format = protocol::PlanFormat::text;
  tree->raw = text;
  tree->warnings.insert(tree->warnings.end(), reader.warnings.begin(), reader.warnings.end());
  return tree;
}

}  // namespace mydba::postgres
