#pragma once

// What a rule of the folder rules/ is made of: its id (the file's name), how bad its findings are,
// and a function that looks at one table among the others. The folder is the registry (rules.inc is
// generated). Why a rule is one and its official page stand in rag-docs/all/table-rules.md under
// the rule's id; its examples in tests/sql/tables/<id>.json.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "advise/catalogue/facts.h"
#include "types.h"

namespace mydba::advise {

using protocol::Severity;

struct TableSighting {
  std::string object;  ///< of the table: an index, a column, a key; empty: the table itself
  std::string message;
  std::optional<Severity> severity;  ///< absent: the rule's
};

class TableReport {
 public:
  TableSighting& add(std::string object, std::string message) {
    seen_.push_back({std::move(object), std::move(message), std::nullopt});
    return seen_.back();
  }
  std::vector<TableSighting> take() { return std::move(seen_); }

 private:
  std::vector<TableSighting> seen_;
};

struct TableRule {
  std::string_view id;
  Severity severity = Severity::info;
  void (*check)(const TableFacts& table, const CatalogueFacts& all, TableReport& report) = nullptr;
};

}  // namespace mydba::advise
