#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plan/rule.h"

namespace mydba::plan {

/// A step that reads the partitions of one table, one after the other.
struct PartitionReads {
  std::string table;                              ///< as the statement calls it
  std::vector<const protocol::PlanNode*> reads;   ///< of the partitions
  double pruned = 0;                              ///< partitions left out when it ran
  const protocol::PlanRelation* facts = nullptr;  ///< of the whole table; null when not known
};

/// Nothing when the step reads anything else.
std::optional<PartitionReads> partitionReads(const Grading& grading,
                                             const protocol::PlanNode& node);

/// True when the reads themselves test something: all rows were not asked for.
bool narrowed(const PartitionReads& partitions);

}  // namespace mydba::plan
