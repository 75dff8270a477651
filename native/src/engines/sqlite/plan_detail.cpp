#include "engines/sqlite/plan_detail.h"

#include <array>

namespace mydba::sqlite {
namespace {

using protocol::PlanCategory;
using protocol::PlanNode;

/// Takes words off the front of a text.
class Words {
 public:
  explicit Words(std::string_view text) : rest_(text) {}

  /// Takes `phrase` when it stands here as whole words.
  bool take(std::string_view phrase) {
    if (!rest_.starts_with(phrase)) return false;
    if (rest_.size() > phrase.size() && rest_[phrase.size()] != ' ') return false;
    rest_.remove_prefix(std::min(phrase.size() + 1, rest_.size()));
    return true;
  }
  /// Takes what stands before the first of `ends`, or all; the end itself stays.
  template <std::size_t count>
  std::string_view takeUntil(const std::array<std::string_view, count>& ends) {
    std::size_t at = rest_.size();
    for (const std::string_view end : ends) at = std::min(at, rest_.find(end));
    const std::string_view taken = rest_.substr(0, at);
    rest_.remove_prefix(std::min(at + 1, rest_.size()));
    return taken;
  }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

constexpr std::array<std::string_view, 6> nameEnds = {" USING ", " VIRTUAL TABLE ", " LEFT-JOIN",
                                                      " (~",     " FULL-JOIN",      " RIGHT-JOIN"};
constexpr std::array<std::string_view, 2> indexEnds = {" (", " LEFT-JOIN"};

/// `(a=? AND b>?)`, without the brackets around it; a row estimate `(~10 rows)` of old versions is
/// no condition.
void readCondition(PlanNode& node, std::string_view rest) {
  const std::size_t open = rest.find('(');
  const std::size_t close = rest.rfind(')');
  if (open == rest.npos || close == rest.npos || close < open) return;
  const std::string_view inside = rest.substr(open + 1, close - open - 1);
  if (inside.starts_with('~') || inside.empty()) return;
  node.condition = std::string(inside);
}

void readAccess(PlanNode& node, Words& words, bool search) {
  if (words.take("VIRTUAL TABLE INDEX")) {
    node.category = search ? PlanCategory::indexScan : PlanCategory::scan;
    node.extra.push_back({"virtual table index", std::string(words.rest())});
    return;
  }
  node.category = search ? PlanCategory::lookup : PlanCategory::scan;
  if (!words.take("USING")) return;
  if (words.take("INTEGER PRIMARY KEY") || words.take("PRIMARY KEY") || words.take("ROWID")) {
    node.extra.push_back({"access", "primary key"});
    readCondition(node, words.rest());
    return;
  }
  const bool automatic = words.take("AUTOMATIC PARTIAL") || words.take("AUTOMATIC");
  const bool covering = words.take("COVERING INDEX");
  if (!covering && !words.take("INDEX")) return;
  node.category = covering ? PlanCategory::indexOnlyScan : PlanCategory::indexScan;
  if (automatic) {
    // Built for this statement and thrown away: a wish for a real index.
    node.extra.push_back({"automatic index", "built for this statement"});
  } else {
    node.index = std::string(words.takeUntil(indexEnds));
  }
  readCondition(node, words.rest());
}

Step readLoop(Words words, bool search) {
  Step step{.role = StepRole::loop, .known = true, .node = {}};
  PlanNode& node = step.node;
  node.operation = search ? "SEARCH" : "SCAN";
  // `SCAN CONSTANT ROW`, `SCAN 2 CONSTANT ROWS`
  if (words.rest().ends_with("CONSTANT ROW") || words.rest().ends_with(" CONSTANT ROWS")) {
    node.operation += " " + std::string(words.rest());
    node.category = PlanCategory::other;
    return step;
  }
  const bool old = words.take("TABLE");
  std::string_view name = words.takeUntil(nameEnds);
  // Old versions: `SCAN TABLE orders AS o`, and always `SUBQUERY 1 AS x`.
  if (const std::size_t as = name.find(" AS ");
      as != name.npos && (old || name.starts_with("SUBQUERY"))) {
    node.alias = std::string(name.substr(as + 4));
    name = name.substr(0, as);
  }
  node.relation = std::string(name);
  readAccess(node, words, search);
  if (words.rest().find("LEFT-JOIN") != std::string_view::npos)
    node.extra.push_back({"join", "left"});
  return step;
}

Step plain(StepRole role, std::string_view detail, PlanCategory category) {
  Step step{.role = role, .known = true, .node = {}};
  step.node.operation = std::string(detail);
  step.node.category = category;
  return step;
}

Step readCollector(std::string_view detail, std::string_view purpose) {
  const bool grouping = purpose.starts_with("GROUP BY") || purpose.starts_with("DISTINCT") ||
                        purpose.find("(DISTINCT)") != purpose.npos;
  Step step =
      plain(StepRole::collect, detail, grouping ? PlanCategory::aggregate : PlanCategory::sort);
  step.node.extra.push_back({"purpose", std::string(purpose)});
  return step;
}

}  // namespace

Step readDetail(std::string_view detail) {
  Words words(detail);
  if (words.take("SCAN")) return readLoop(words, false);
  if (words.take("SEARCH")) return readLoop(words, true);
  if (words.take("USE TEMP B-TREE FOR")) return readCollector(detail, words.rest());
  for (const std::string_view phrase : {"CO-ROUTINE", "MATERIALIZE"}) {
    if (!words.take(phrase)) continue;
    Step step = plain(StepRole::source, phrase,
                      phrase == "MATERIALIZE" ? PlanCategory::materialize : PlanCategory::subquery);
    step.node.relation = std::string(words.rest());
    return step;
  }
  if (words.take("MULTI-INDEX OR")) return plain(StepRole::loop, detail, PlanCategory::set);
  for (const std::string_view phrase :
       {"COMPOUND QUERY", "MERGE", "LEFT-MOST SUBQUERY", "UNION ALL", "UNION", "INTERSECT",
        "EXCEPT", "COMPOUND SUBQUERIES", "LEFT", "RIGHT", "INDEX"})
    if (words.take(phrase)) return plain(StepRole::own, detail, PlanCategory::set);
  for (const std::string_view phrase :
       {"SCALAR SUBQUERY", "CORRELATED", "LIST SUBQUERY", "REUSE", "EXECUTE", "SETUP",
        "RECURSIVE STEP", "USING ROWID SEARCH ON TABLE"}) {
    if (!words.take(phrase)) continue;
    Step step = plain(StepRole::own, detail, PlanCategory::subquery);
    if (phrase == "CORRELATED") step.node.role = protocol::PlanRole::subplan;
    if (phrase == "SCALAR SUBQUERY" || phrase == "LIST SUBQUERY")
      step.node.role = protocol::PlanRole::initplan;
    if (step.node.role) step.node.subplan = std::string(detail);
    return step;
  }
  for (const std::string_view phrase : {"BLOOM FILTER ON", "RIGHT-JOIN"}) {
    if (!words.take(phrase)) continue;
    Step step = plain(StepRole::own, phrase,
                      phrase == "RIGHT-JOIN" ? PlanCategory::join : PlanCategory::filter);
    step.node.relation = std::string(words.takeUntil(indexEnds));
    readCondition(step.node, words.rest());
    return step;
  }
  Step step = plain(StepRole::own, detail, PlanCategory::other);
  step.known = false;
  return step;
}

}  // namespace mydba::sqlite
