#include "ai/chat/claims.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>

#include "base/fold_case.h"
#include "plan/walk.h"

namespace mydba::ai {
namespace {

using protocol::PlanCategory;
using protocol::PlanNode;

constexpr std::size_t mostContradictions = 10;

std::string folded(std::string_view text) {
  std::string out;
  appendFolded(out, text);
  return out;
}

/// What the plans do, by names in lower case.
struct Truth {
  std::set<std::string> readWhole;
  std::set<std::string> readByIndex;
  std::set<std::string> usedIndexes;
  std::set<std::string> knownIndexes;
  std::vector<double> numbers;
};

void add(Truth& truth, const std::optional<double>& number) {
  if (number) truth.numbers.push_back(*number);
}

Truth truthOf(std::span<const protocol::ExplainResult> plans) {
  Truth truth;
  for (const auto& plan : plans) {
    plan::walk(plan.tree.root, [&](const PlanNode& node, const PlanNode*, int) {
      if (node.index) truth.usedIndexes.insert(folded(*node.index));
      if (node.relation) {
        auto& tables = node.index ? truth.readByIndex : truth.readWhole;
        if (node.index || node.category == PlanCategory::scan)
          tables.insert(folded(*node.relation));
      }
      for (const auto& number :
           {node.estimatedRows, node.actualRows, node.estimatedRead, node.actualRead,
            node.rowsRemoved, node.rowsRemovedByJoin, node.loops, node.totalMs, node.selfMs})
        add(truth, number);
    });
    add(truth, plan.tree.planningMs);
    add(truth, plan.tree.executionMs);
    add(truth, plan.summary.rows);
    for (const auto& relation :
         plan.tree.relations.value_or(std::vector<protocol::PlanRelation>())) {
      add(truth, relation.rows);
      for (const auto& index : relation.indexes.value_or(std::vector<protocol::PlanIndex>()))
        truth.knownIndexes.insert(folded(index.name));
    }
    for (const auto& finding : plan.findings)
      if (finding.impact) {
        add(truth, finding.impact->rows);
        add(truth, finding.impact->ms);
      }
  }
  return truth;
}

std::vector<std::string> wordsOf(std::string_view sentence) {
  std::vector<std::string> words;
  std::string word;
  const auto close = [&] {
    if (!word.empty() && word.back() == '.') word.pop_back();
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  for (const char c : folded(sentence)) {
    const auto byte = static_cast<unsigned char>(c);
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '\'' ||
        (c == ',' && !word.empty() && word.back() >= '0' && word.back() <= '9') || byte >= 0x80)
      word += c;
    else
      close();
  }
  close();
  return words;
}

bool hasAny(const std::vector<std::string>& words, std::initializer_list<std::string_view> wanted) {
  return std::ranges::any_of(words, [&](const std::string& word) {
    return std::ranges::find(wanted, word) != wanted.end() || word.ends_with("n't");
  });
}

/// Speaks of what is not, or of what might be.
bool isOpen(const std::vector<std::string>& words) {
  return hasAny(
      words, {"no",   "not", "never", "without", "instead", "could",  "would",  "should",  "might",
              "may",  "can", "if",    "unless",  "create",  "add",    "adding", "missing", "after",
              "when", "new", "then",  "avoid",   "rather",  "cannot", "than"});
}

bool saysWholeRead(const std::vector<std::string>& words) {
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const bool whole = words[i] == "full" || words[i] == "sequential" || words[i] == "seq";
    const bool scan =
        words[i + 1].starts_with("scan") ||
        (words[i + 1] == "table" && i + 2 < words.size() && words[i + 2].starts_with("scan"));
    if (whole && scan) return true;
  }
  return false;
}

bool saysIndexUse(const std::vector<std::string>& words) {
  return std::ranges::find(words, "index") != words.end() &&
         hasAny(words, {"uses", "using", "used", "via", "through"});
}

/// A number with its unit, `12,500 rows` or `3.2 ms`, that none of the facts is near to.
std::optional<std::string> unknownNumber(const std::vector<std::string>& words,
                                         const Truth& truth) {
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const std::string& unit = words[i + 1];
    if (unit != "rows" && unit != "ms" && unit != "milliseconds") continue;
    std::string digits = words[i];
    std::erase(digits, ',');
    double value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size() || value < 10) continue;
    const bool known = std::ranges::any_of(truth.numbers, [&](double fact) {
      return std::abs(fact - value) <= std::max(1.0, std::abs(fact) * 0.1);
    });
    if (!known) return words[i] + " " + unit;
  }
  return std::nullopt;
}

void check(const std::vector<std::string>& words, const Truth& truth,
           std::set<std::string>& found) {
  if (words.empty() || isOpen(words)) return;
  const bool whole = saysWholeRead(words);
  const bool index = saysIndexUse(words);
  for (const std::string& word : words) {
    if (index && !whole && truth.readWhole.contains(word) && !truth.readByIndex.contains(word))
      found.insert("the plan reads all of " + word + ", without an index");
    if (whole && truth.readByIndex.contains(word) && !truth.readWhole.contains(word))
      found.insert("the plan reads " + word + " through an index");
    if (index && truth.knownIndexes.contains(word) && !truth.usedIndexes.contains(word))
      found.insert("the plan does not use the index " + word);
  }
  if (const auto number = unknownNumber(words, truth))
    found.insert("nothing that was computed says " + *number);
}

}  // namespace

std::vector<std::string> contradictions(std::string_view answer,
                                        std::span<const protocol::ExplainResult> plans) {
  if (plans.empty()) return {};
  const Truth truth = truthOf(plans);
  std::set<std::string> found;
  std::size_t start = 0;
  for (std::size_t i = 0; i <= answer.size(); ++i) {
    const bool end = i == answer.size() || answer[i] == '\n' || answer[i] == '!' ||
                     answer[i] == '?' || answer[i] == ';' ||
                     (answer[i] == '.' &&
                      (i + 1 == answer.size() || answer[i + 1] == ' ' || answer[i + 1] == '\n'));
    if (!end) continue;
    check(wordsOf(answer.substr(start, i - start)), truth, found);
    start = i + 1;
  }
  std::vector<std::string> list(found.begin(), found.end());
  if (list.size() > mostContradictions) list.resize(mostContradictions);
  return list;
}

}  // namespace mydba::ai
