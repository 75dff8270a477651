#pragma once

#include <mysql.h>

#include <string>
#include <vector>

#include "engines/engine.h"

namespace mydba::mysql {

/// How a column's bytes become text.
enum class Shape {
  text,    ///< as it is
  binary,  ///< 0x… in hexadecimal
  bits,    ///< b'…', as wide as the column
};

struct ColumnShape {
  Shape shape = Shape::text;
  unsigned bits = 0;
};

/// The columns of one result set, and the rows in the shape to show them. A row without binary
/// columns is passed through without a copy.
class Columns {
 public:
  explicit Columns(MYSQL_RES* result);

  const std::vector<protocol::Column>& described() const { return columns_; }
  /// Valid until the next call.
  std::span<const Cell> cells(MYSQL_ROW row, const unsigned long* lengths);

 private:
  std::vector<protocol::Column> columns_;
  std::vector<ColumnShape> shapes_;
  std::vector<std::size_t> reshaped_;  // columns that are not plain text
  std::vector<Cell> cells_;
  std::vector<std::string> texts_;  // one for each of reshaped_
};

}  // namespace mydba::mysql
