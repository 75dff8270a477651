#include "engines/mysql/plan_blocks.h"

#include <algorithm>

namespace mydba::mysql {
namespace {

using protocol::PlanCategory;
using protocol::PlanNode;
using protocol::PlanRole;

const BlockOperator* find(const BlockFormat& format, std::string_view member) {
  for (const auto& known : format.operators)
    if (known.member == member) return &known;
  return nullptr;
}

/// True when steps stand somewhere in it.
bool holdsSteps(const PlanJson& value) {
  if (!value.is_structured()) return false;
  for (const char* member : {"table", "query_block", "nested_loop"})
    if (value.is_object() && value.contains(member) && value[member].is_structured()) return true;
  return std::any_of(value.begin(), value.end(), holdsSteps);
}

/// The number of the query that a step stands for.
std::string selectOf(const PlanNode& node) {
  for (const auto& [name, value] : node.extra)
    if (name == "select_id") return value;
  return node.children.size() == 1 ? selectOf(node.children[0]) : std::string();
}

/// Nesting was bounded by parsePlan, so the recursion is.
class BlockReader {
 public:
  explicit BlockReader(const BlockFormat& format) : format_(format) {}

  PlanNode readOperator(const PlanJson& object, const BlockOperator& known) {
    PlanNode node;
    node.operation = known.operation;
    node.category = known.category;
    readMembers(object, node);
    format_.readOperator(object, node);
    return node;
  }

  std::vector<std::string> takeWarnings() { return std::move(warnings_); }

 private:
  PlanNode readTable(const PlanJson& table) {
    PlanNode node;
    describeAccess(table, node);
    readMembers(table, node);
    format_.readTable(table, node);
    return node;
  }

  PlanNode readJoin(const PlanJson& inputs) {
    PlanNode node;
    node.operation = "Nested loop";
    node.category = PlanCategory::join;
    for (const auto& input : inputs)
      if (input.is_object()) readMembers(input, node);
    for (PlanNode& child : node.children)
      if (!child.role) child.role = &child == &node.children[0] ? PlanRole::outer : PlanRole::inner;
    format_.readJoin(inputs, node);
    return node;
  }

  void readNamed(const PlanJson& value, const BlockOperator& known, PlanNode& node) {
    const auto before = node.children.size();
    if (value.is_array()) {
      for (const auto& item : value)
        if (item.is_object()) readNamed(item, known, node);
    } else if (known.operation.empty()) {
      readMembers(value, node);
    } else {
      node.children.push_back(readOperator(value, known));
    }
    for (auto i = before; i < node.children.size(); ++i) {
      PlanNode& child = node.children[i];
      if (!child.role) child.role = known.role;
      const bool apart = known.role || known.category == PlanCategory::materialize;
      if (const auto select = selectOf(child); apart && !child.subplan && !select.empty())
        child.subplan = "select #" + select;
    }
  }

  void readMembers(const PlanJson& object, PlanNode& node) {
    for (const auto& [name, value] : object.items()) {
      if (name == "table" && value.is_object()) {
        node.children.push_back(readTable(value));
      } else if (name == "nested_loop" && value.is_array()) {
        // A loop over one table is that table.
        if (value.size() == 1 && value[0].is_object())
          readMembers(value[0], node);
        else
          node.children.push_back(readJoin(value));
      } else if (const auto* known = find(format_, name); known && value.is_structured()) {
        readNamed(value, *known, node);
      } else if (holdsSteps(value)) {
        warnings_.push_back("step not understood: " + name);
        readNamed(value, {name, name, PlanCategory::other}, node);
      } else if (std::find(format_.mapped.begin(), format_.mapped.end(), name) ==
                 format_.mapped.end()) {
        keep(node, name, value);
      }
    }
  }

  const BlockFormat& format_;
  std::vector<std::string> warnings_;
};

}  // namespace

Result<protocol::PlanTree> readBlocks(const PlanJson& document, const BlockFormat& format) {
  const auto block = document.find("query_block");
  const auto* known = find(format, "query_block");
  if (block == document.end() || !block->is_object() || !known)
    return notAPlan("there is no query_block");
  BlockReader reader(format);
  protocol::PlanTree tree;
  tree.format = protocol::PlanFormat::json;
  tree.root = reader.readOperator(*block, *known);
  tree.warnings = reader.takeWarnings();
  return tree;
}

const PlanJson* tableOf(const PlanJson& input) {
  const PlanJson* at = &input;
  while (at->is_object()) {
    if (const auto table = at->find("table"); table != at->end())
      return table->is_object() ? &*table : nullptr;
    const auto inner = std::find_if(at->begin(), at->end(), holdsSteps);
    if (inner == at->end()) break;
    at = &*inner;
  }
  return nullptr;
}

/// MariaDB's index merge, written as MySQL does: `union(a,b)`.
static std::optional<std::string> mergedIndexes(const PlanJson& table) {
  const auto merge = table.find("index_merge");
  if (merge == table.end() || !merge->is_object() || merge->empty()) return {};
  std::string names;
  if (merge->begin()->is_array())
    for (const auto& part : *merge->begin())
      if (part.is_object() && part.contains("range") && part["range"].is_object())
        names += (names.empty() ? "" : ",") + text(part["range"], "key").value_or("");
  return merge->begin().key() + "(" + names + ")";
}

void describeAccess(const PlanJson& table, PlanNode& node) {
  struct Access {
    std::string_view type, operation;
    PlanCategory category;
  };
  // "EXPLAIN Join Types", MySQL 9 manual.
  constexpr Access accesses[] = {
      {"ALL", "Table scan", PlanCategory::scan},
      {"index", "Index scan", PlanCategory::indexScan},
      {"range", "Index range scan", PlanCategory::indexScan},
      {"index_merge", "Index merge", PlanCategory::indexScan},
      {"ref", "Index lookup", PlanCategory::lookup},
      {"ref_or_null", "Index lookup or NULL", PlanCategory::lookup},
      {"eq_ref", "Single-row index lookup", PlanCategory::lookup},
      {"const", "Constant row", PlanCategory::lookup},
      {"system", "Constant row", PlanCategory::lookup},
      {"fulltext", "Full-text index search", PlanCategory::lookup},
      {"unique_subquery", "Single-row index lookup", PlanCategory::lookup},
      {"index_subquery", "Index lookup", PlanCategory::lookup},
      {"hash", "Hash lookup", PlanCategory::lookup},
      {"hash_ALL", "Table scan, hashed", PlanCategory::scan},
      {"hash_index", "Index scan, hashed", PlanCategory::indexScan},
      {"hash_range", "Index range scan, hashed", PlanCategory::indexScan},
  };
  const auto type = text(table, "access_type").value_or("");
  node.operation = type.empty() ? text(table, "message").value_or("Table") : type;
  node.category = PlanCategory::other;
  for (const auto& access : accesses)
    if (access.type == type) {
      node.operation = access.operation;
      node.category = access.category;
    }
  const auto covering = table.find("using_index");
  const bool isCovering = covering != table.end() && *covering == PlanJson(true);
  if (isCovering &&
      (node.category == PlanCategory::indexScan || node.category == PlanCategory::lookup)) {
    node.operation = "Covering " + node.operation;
    node.operation[9] = static_cast<char>(node.operation[9] | 0x20);
    node.category = PlanCategory::indexOnlyScan;
  }
  for (const char* verb : {"insert", "update", "delete", "replace"})
    if (table.contains(verb)) {
      node.extra.push_back({"access", node.operation});
      node.operation = std::string(1, static_cast<char>(*verb & ~0x20)) + (verb + 1);
      node.category = PlanCategory::modify;
    }
  node.relation = text(table, "table_name");
  node.index = text(table, "key");
  if (!node.index) node.index = mergedIndexes(table);
}

}  // namespace mydba::mysql
