#pragma once

// Rows that a sentence asks for, as a value: what `sql_writer.h` writes and what a follow-up
// changes.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ai/intent/schema.h"

namespace mydba::ai::intent {

enum class Aggregate : std::uint8_t { none, count, sum, average, minimum, maximum };

enum class Comparison : std::uint8_t {
  equal,
  less,
  lessOrEqual,
  greater,
  greaterOrEqual,
  isNull,
  isNotNull,
  isTrue,
  isFalse,
  startsWith,
  endsWith,
  contains,
};

struct Condition {
  ColumnId column;
  Comparison comparison = Comparison::equal;
  std::vector<std::string> values;  ///< any of them; as text, unless `numeric`
  bool numeric = false;
  bool negated = false;
};

/// Rows of the main table that have, or have not, rows of another table that refers to it.
struct Related {
  TableId table = 0;
  bool absent = false;
};

enum class TimeUnit : std::uint8_t { none, day, month, year };

/// Rows are counted or summed for each value of a column, or for each row of a table.
struct Group {
  std::optional<ColumnId> column;
  std::optional<TableId> table;
  TimeUnit unit = TimeUnit::none;  ///< of `column`
};

struct Order {
  std::optional<ColumnId> column;  ///< nothing: by the aggregate
  bool descending = false;
};

struct Request {
  std::optional<TableId> table;
  std::vector<ColumnId> columns;  ///< shown; empty: all of the table
  bool distinct = false;
  Aggregate aggregate = Aggregate::none;
  std::optional<ColumnId> measure;  ///< what is aggregated; nothing for count
  std::vector<Group> groups;
  std::vector<Condition> conditions;
  std::vector<Related> related;
  std::optional<Condition> having;  ///< on the aggregate; its column is not used
  std::optional<Order> order;
  std::optional<std::int64_t> limit;
  /// Every word that matters was understood.
  bool complete = false;
};

}  // namespace mydba::ai::intent
