#pragma once

// What several rules propose, as statements of the engine at hand: every name quoted.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan/rule.h"

namespace mydba::plan {

/// A name in the quotes of a plan's engine.
std::string quoted(const protocol::PlanTree& tree, std::string_view name);

/// The name of the table that a step reads, with its schema when it is known.
std::string tableName(const Grading& grading, const protocol::PlanNode& node);

/// An index that begins with `columns` in any order; null when there is none or none is known.
const protocol::PlanIndex* indexOn(const Grading& grading, const protocol::PlanNode& node,
                                   const std::vector<std::string>& columns);

/// CREATE INDEX on the table that a step reads. Nothing without columns, without a table, or when
/// there is such an index already.
std::optional<protocol::Remedy> createIndex(const Grading& grading, const protocol::PlanNode& node,
                                            const std::vector<std::string>& columns);

/// The same, also where an index has them in another order.
std::optional<protocol::Remedy> createIndexInOrder(const Grading& grading,
                                                   const protocol::PlanNode& node,
                                                   const std::vector<std::string>& columns);

/// The same over one expression; nothing where the engine has no such indexes.
std::optional<protocol::Remedy> createExpressionIndex(const Grading& grading,
                                                      const protocol::PlanNode& node,
                                                      std::string_view column,
                                                      std::string_view expression);

/// New statistics of the table that a step reads.
std::optional<protocol::Remedy> refreshStatistics(const Grading& grading,
                                                  const protocol::PlanNode& node);

/// More of PostgreSQL's working memory for this session. Nothing when that is more than a person
/// would give one statement (1 GiB).
std::optional<protocol::Remedy> raiseWorkMemory(double bytes);

/// Working memory that a map of the rows in so many pages needs, roughly: 64 bytes a page in a hash
/// table that is at least half full (nodes/tidbitmap.c).
inline double bitmapBytes(double pages) { return 128 * pages; }

/// Appends what there is.
void propose(Observation& observation, std::optional<protocol::Remedy> remedy);

}  // namespace mydba::plan
