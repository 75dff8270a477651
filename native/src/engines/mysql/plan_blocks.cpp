#include "engines/mysql/plan_blocks.h"

#include <algorithm>

namespace mydba::mysql {
namespace {

using protocol::PlanCategory;
using protocol::PlanNode;

const BlockOperator* find(const BlockFormat& format, std::string_view member) {
  for (const auto& known : format.operators)
    if (known.member == member) return &known;
  return nullptr;
}

// Nesting was bounded by parsePlan, so the recursion is.
void readMembers(const PlanJson& object, const BlockFormat& format, PlanNode& node);

PlanNode readTable(const PlanJson& table, const BlockFormat& format) {
  PlanNode node;
  describeAccess(table, node);
  readMembers(table, format, node);
  format.readTable(table, node);
  return node;
}

PlanNode readOperator(const PlanJson& object, const BlockOperator& known,
                      const BlockFormat& format) {
  PlanNode node;
  node.operation = known.operation;
  node.category = known.category;
  readMembers(object, format, node);
  format.readOperator(object, node);
  return node;
}

PlanNode readJoin(const PlanJson& inputs, const BlockFormat& format) {
  PlanNode node;
  node.operation = "Nested loop";
  node.category = PlanCategory::join;
  for (const auto& input : inputs)
    if (input.is_object()) readMembers(input, format, node);
  format.readJoin(inputs, node);
  return node;
}

void readNamed(const PlanJson& value, const BlockOperator& known, const BlockFormat& format,
               PlanNode& node) {
  if (value.is_array()) {
    for (const auto& item : value)
      if (item.is_object()) readNamed(item, known, format, node);
  } else if (known.operation.empty()) {
    readMembers(value, format, node);
  } else {
    node.children.push_back(readOperator(value, known, format));
  }
}

void readMembers(const PlanJson& object, const BlockFormat& format, PlanNode& node) {
  for (const auto& [name, value] : object.items()) {
    if (name == "table" && value.is_object()) {
      node.children.push_back(readTable(value, format));
    } else if (name == "nested_loop" && value.is_array()) {
      // A loop over one table is that table.
      if (value.size() == 1 && value[0].is_object())
        readMembers(value[0], format, node);
      else
        node.children.push_back(readJoin(value, format));
    } else if (const auto* known = find(format, name); known && value.is_structured()) {
      readNamed(value, *known, format, node);
    } else if (std::find(format.mapped.begin(), format.mapped.end(), name) == format.mapped.end()) {
      keep(node, name, value);
    }
  }
}

}  // namespace

Result<PlanNode> readBlocks(const PlanJson& document, const BlockFormat& format) {
  const auto block = document.find("query_block");
  const auto* known = find(format, "query_block");
  if (block == document.end() || !block->is_object() || !known)
    return notAPlan("there is no query_block");
  return readOperator(*block, *known, format);
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
}

}  // namespace mydba::mysql
