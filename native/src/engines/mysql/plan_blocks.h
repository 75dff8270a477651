#pragma once

// MySQL's JSON version 1 and MariaDB's JSON are the same kind of text: objects named after what the
// optimizer does (`ordering_operation`, `filesort`), one inside the other, down to `table`; a join
// is the array `nested_loop`. This walks such a text; what the names and numbers mean is the
// format's.

#include <span>

#include "engines/mysql/plan_json.h"

namespace mydba::mysql {

struct BlockOperator {
  std::string_view member;
  std::string_view operation;  ///< empty: its members belong to the step around it
  protocol::PlanCategory category;
  /// What the step around it uses the steps of this member for.
  std::optional<protocol::PlanRole> role = std::nullopt;
};

struct BlockFormat {
  std::span<const BlockOperator> operators;
  /// Numbers and names of a table access; its inputs are there already.
  void (*readTable)(const PlanJson& table, protocol::PlanNode& node);
  /// The same for an operator, and for a join (whose text is the array of its inputs).
  void (*readOperator)(const PlanJson& object, protocol::PlanNode& node);
  void (*readJoin)(const PlanJson& inputs, protocol::PlanNode& node);
  /// Members that these functions read; all others are kept in `extra`.
  std::span<const std::string_view> mapped;
};

/// Reads `query_block`, the top of a plan, as the root of a tree; an error when there is none. A
/// member that is not known but holds steps becomes a step of its name, and a warning.
Result<protocol::PlanTree> readBlocks(const PlanJson& document, const BlockFormat& format);

/// The table of an input of a join, through what may stand around it; null when there is none.
const PlanJson* tableOf(const PlanJson& input);

/// Operation and category of a way to read a table, the same names in both formats (`access_type`).
void describeAccess(const PlanJson& table, protocol::PlanNode& node);

}  // namespace mydba::mysql
