#include "engines/sqlite/plan_reader.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

#include "engines/sqlite/plan_detail.h"
#include "plan/walk.h"

namespace mydba::sqlite {
namespace {

using protocol::PlanCategory;
using protocol::PlanNode;
using protocol::PlanRole;

// A level of rows becomes at most five levels of nodes: the step, a join and three collectors.
constexpr int deepestLevel = plan::maximumDepth / 5;
constexpr std::size_t mostCollectors = 3;

class PlanBuilder {
 public:
  explicit PlanBuilder(const std::vector<PlanRow>& rows) : rows_(rows) {
    for (const PlanRow& row : rows) children_[row.parent].push_back(&row);
  }

  protocol::PlanTree build() {
    protocol::PlanTree tree;
    tree.engine = "sqlite";
    tree.format = protocol::PlanFormat::rows;
    std::vector<PlanNode> level = readLevel(0, 0);
    if (level.size() == 1) {
      tree.root = std::move(level.front());
    } else {
      tree.root.operation = level.empty() ? "NO STEPS" : "QUERY";
      tree.root.category = PlanCategory::other;
      tree.root.children = std::move(level);
    }
    tree.warnings = std::move(warnings_);
    for (const PlanRow& row : rows_)
      tree.raw +=
          std::to_string(row.id) + "|" + std::to_string(row.parent) + "|" + row.detail + "\n";
    return tree;
  }

 private:
  /// The steps below `parent` as a tree: usually one node, more when steps stand side by side.
  std::vector<PlanNode> readLevel(std::int64_t parent, int depth) {
    const auto found = children_.find(parent);
    if (found == children_.end()) return {};
    // Taken out, so that rows that name each other as parents end.
    const std::vector<const PlanRow*> rows = std::move(found->second);
    children_.erase(found);
    if (depth >= deepestLevel) {
      warnings_.push_back("the plan is nested too deeply; a part of it is left out");
      return {};
    }
    std::vector<PlanNode> loops, sources, others;
    std::vector<PlanNode> collectors;
    for (const PlanRow* row : rows) {
      Step step = readDetail(row->detail);
      if (!step.known) warnings_.push_back("step not understood: " + row->detail);
      for (PlanNode& child : readLevel(row->id, depth + 1))
        step.node.children.push_back(std::move(child));
      switch (step.role) {
        case StepRole::loop: loops.push_back(std::move(step.node)); break;
        case StepRole::source: sources.push_back(std::move(step.node)); break;
        case StepRole::collect:
          (collectors.size() < mostCollectors ? collectors : others)
              .push_back(std::move(step.node));
          break;
        case StepRole::own: others.push_back(std::move(step.node)); break;
      }
    }
    return arrange(std::move(loops), std::move(sources), std::move(others), std::move(collectors));
  }

  /// Sources go below the loop that reads them, loops below a join, and the collectors on top.
  static std::vector<PlanNode> arrange(std::vector<PlanNode> loops, std::vector<PlanNode> sources,
                                       std::vector<PlanNode> others,
                                       std::vector<PlanNode> collectors) {
    for (PlanNode& source : sources) {
      const std::string name = source.relation.value_or("");
      const auto reader = std::find_if(loops.begin(), loops.end(), [&](const PlanNode& loop) {
        // `CO-ROUTINE 1` of old versions is read by `SCAN SUBQUERY 1`.
        return loop.relation == name || loop.alias == name || loop.relation == "SUBQUERY " + name;
      });
      if (reader == loops.end()) {
        others.insert(others.begin(), std::move(source));
        continue;
      }
      // It reads what was computed, not a table.
      if (reader->category == PlanCategory::scan) reader->category = PlanCategory::subquery;
      reader->children.push_back(std::move(source));
    }
    std::vector<PlanNode> level;
    if (loops.size() > 1) {
      PlanNode join;
      join.operation = "NESTED LOOP";
      join.category = PlanCategory::join;
      join.children = std::move(loops);
      for (PlanNode& loop : join.children)
        loop.role = &loop == &join.children[0] ? PlanRole::outer : PlanRole::inner;
      level.push_back(std::move(join));
    } else {
      level = std::move(loops);
    }
    for (PlanNode& other : others) level.push_back(std::move(other));
    for (PlanNode& collector : collectors) {
      for (PlanNode& input : level) collector.children.push_back(std::move(input));
      level.clear();
      level.push_back(std::move(collector));
    }
    return level;
  }

  const std::vector<PlanRow>& rows_;
  std::map<std::int64_t, std::vector<const PlanRow*>> children_;
  std::vector<std::string> warnings_;
};

std::optional<std::int64_t> takeNumber(std::string_view& line) {
  const std::size_t bar = line.find('|');
  if (bar == line.npos) return std::nullopt;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + bar, value);
  if (error != std::errc() || end != line.data() + bar) return std::nullopt;
  line.remove_prefix(bar + 1);
  return value;
}

/// Takes what the shell draws before a step, three characters a level; its depth, 0 when it is
/// none.
std::size_t takeDrawing(std::string_view& line) {
  std::size_t depth = 0;
  while (line.starts_with("|  ") || line.starts_with("   ")) {
    line.remove_prefix(3);
    ++depth;
  }
  if (!line.starts_with("|--") && !line.starts_with("`--")) return 0;
  line.remove_prefix(3);
  return depth + 1;
}

/// Rows as the shell draws them below `QUERY PLAN`, numbered anew.
class DrawnRows {
 public:
  void add(std::string_view line, std::vector<PlanRow>& rows) {
    const std::size_t depth = takeDrawing(line);
    // A step hangs below one that was drawn before it.
    if (depth == 0 || depth > open_.size()) return;
    open_.resize(depth);
    rows.push_back({++last_, open_.back(), std::string(line)});
    open_.push_back(last_);
  }

 private:
  std::vector<std::int64_t> open_ = {0};  // ids from the root down to the last step
  std::int64_t last_ = 0;
};

}  // namespace

protocol::PlanTree readPlan(const std::vector<PlanRow>& rows) { return PlanBuilder(rows).build(); }

std::vector<PlanRow> parsePlanText(std::string_view text) {
  std::vector<PlanRow> rows;
  DrawnRows drawn;
  bool isDrawn = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    isDrawn = isDrawn || line.ends_with("QUERY PLAN");
    if (isDrawn) {
      drawn.add(line, rows);
      continue;
    }
    const auto id = takeNumber(line);
    const auto parent = id ? takeNumber(line) : std::nullopt;
    if (parent) rows.push_back({*id, *parent, std::string(line)});
  }
  return rows;
}

}  // namespace mydba::sqlite
