#pragma once

#include <sqlite3.h>

#include <array>
#include <span>
#include <string>
#include <vector>

#include "engines/engine.h"

namespace mydba::sqlite {

/// The largest part of a blob that is shown; as hexadecimal it is twice as long. The library holds
/// the whole blob in memory anyway.
inline constexpr std::size_t longestBlob = 8U << 20U;

/// Turns the current row of a statement into cells. One statement, one thread.
class RowReader {
 public:
  /// To be made after the first step: a column without a declared type gets the kind of its first
  /// value.
  explicit RowReader(sqlite3_stmt* statement);

  const std::vector<protocol::Column>& columns() const { return columns_; }
  /// Cells of the current row; valid until the next call or step.
  std::span<const Cell> read();
  /// True once a blob was longer than `longestBlob`.
  bool sawCutBlob() const { return cutBlob_; }

 private:
  Cell cell(int column);
  Cell integer(int column);
  Cell blob(int column);

  sqlite3_stmt* statement_;
  std::vector<protocol::Column> columns_;
  std::vector<Cell> cells_;
  std::vector<std::array<char, 24>> integers_;  // one for each column
  std::vector<std::string> blobs_;              // one for each column, empty until needed
  bool cutBlob_ = false;
};

}  // namespace mydba::sqlite
