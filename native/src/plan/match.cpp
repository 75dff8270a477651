// Which step of one plan is which of another.
//
// Two plans of a statement read the same tables, so the readers are matched first: by alias and
// table, those with the same access path before those with another, else in order. From there it
// goes up: a step's partner is the nearest step above the partners of its inputs that does the same
// kind of thing. What has no partner was added or removed. (The idea is that of tree differencing
// by anchors, as in Chawathe et al., "Change detection in hierarchically structured information",
// 1996, cut down to what plans need.)

#include "plan/match.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "plan/walk.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;

/// How far above an input's partner the partner of its reader may stand.
constexpr int reach = 4;

using Name = std::tuple<std::string, std::string>;
using Path = std::tuple<std::string, std::string, std::string, std::string>;

/// A step that names what it reads; part of a bitmap scan names its index only.
bool isReader(const PlanNode& node) { return node.relation || node.index; }

Name nameOf(const PlanNode& node) {
  return {node.relation ? *node.relation : node.index.value_or(""), node.alias.value_or("")};
}
Path pathOf(const PlanNode& node) {
  return {node.relation.value_or(""), node.alias.value_or(""), node.operation,
          node.index.value_or("")};
}

class Matcher {
 public:
  Matcher(const std::vector<FlatNode>& before, const std::vector<FlatNode>& after)
      : before_(before), after_(after), partner_(before.size(), -1), taken_(after.size(), false) {}

  std::vector<int> run() {
    matchReaders(pathOf);
    matchReaders(nameOf);
    for (int i = static_cast<int>(before_.size()) - 1; i >= 0; --i)
      if (!at(before_, i).children.empty() && partner_[index(i)] < 0) matchAbove(i);
    matchRoots();
    return std::move(partner_);
  }

 private:
  static std::size_t index(int i) { return static_cast<std::size_t>(i); }
  static const PlanNode& at(const std::vector<FlatNode>& nodes, int i) {
    return *nodes[index(i)].node;
  }
  void pair(int i, int j) {
    partner_[index(i)] = j;
    taken_[index(j)] = true;
  }

  template <typename KeyOf>
  void matchReaders(KeyOf keyOf) {
    std::map<decltype(keyOf(PlanNode{})), std::vector<int>> waiting;
    for (int j = static_cast<int>(after_.size()) - 1; j >= 0; --j)
      if (isReader(at(after_, j)) && !taken_[index(j)]) waiting[keyOf(at(after_, j))].push_back(j);
    for (int i = 0; i < static_cast<int>(before_.size()); ++i) {
      if (!isReader(at(before_, i)) || partner_[index(i)] >= 0) continue;
      const auto found = waiting.find(keyOf(at(before_, i)));
      if (found == waiting.end() || found->second.empty()) continue;
      pair(i, found->second.back());
      found->second.pop_back();
    }
  }

  /// Looks for the partner of a step above the partners of its inputs.
  void matchAbove(int i) {
    std::map<int, int> votes;
    for (int child = i + 1; child < static_cast<int>(before_.size()); ++child) {
      const int parent = before_[index(child)].parent;
      if (parent < i) break;  // behind the last descendant
      if (parent != i || partner_[index(child)] < 0) continue;
      int above = after_[index(partner_[index(child)])].parent;
      for (int step = 0; step < reach && above >= 0; ++step) {
        if (!taken_[index(above)] && alike(i, above)) ++votes[above];
        above = after_[index(above)].parent;
      }
    }
    int best = -1, most = 0;
    for (const auto& [candidate, count] : votes) {
      const int weight = 2 * count + (at(after_, candidate).operation == at(before_, i).operation);
      // Of equals the deepest, which has the greatest index.
      if (weight >= most) best = candidate, most = weight;
    }
    if (best >= 0) pair(i, best);
  }

  bool alike(int i, int j) const {
    return at(before_, i).category == at(after_, j).category && !isReader(at(before_, i)) &&
           !isReader(at(after_, j));
  }

  void matchRoots() {
    if (before_.empty() || after_.empty() || partner_[0] >= 0 || taken_[0]) return;
    if (at(before_, 0).operation == at(after_, 0).operation) pair(0, 0);
  }

  const std::vector<FlatNode>& before_;
  const std::vector<FlatNode>& after_;
  std::vector<int> partner_;
  std::vector<bool> taken_;
};

}  // namespace

std::vector<FlatNode> flatten(const PlanNode& root) {
  std::vector<FlatNode> flat;
  std::vector<int> open;  // indexes of the nodes above
  walk(root, [&](const PlanNode& node, const PlanNode*, int depth) {
    open.resize(static_cast<std::size_t>(depth));
    flat.push_back({&node, open.empty() ? -1 : open.back()});
    open.push_back(static_cast<int>(flat.size()) - 1);
  });
  return flat;
}

std::vector<int> match(const std::vector<FlatNode>& before, const std::vector<FlatNode>& after) {
  return Matcher(before, after).run();
}

}  // namespace mydba::plan
