#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "sql/dialect.h"
#include "sql/statement.h"

namespace mydba::sql {

/// A CREATE INDEX of somebody who wants to know what it would do. Only readIndexWish makes one, so
/// that whoever has one knows that it is a single statement and creates an index and nothing else.
class IndexWish {
 public:
  /// Without a closing semicolon.
  const std::string& text() const { return text_; }
  const ObjectName& table() const { return table_; }
  /// Empty where the dialect lets the server choose one.
  const std::string& name() const { return name_; }

 private:
  friend Result<IndexWish> readIndexWish(std::string_view text, const Dialect& dialect);
  IndexWish() = default;

  std::string text_;
  ObjectName table_;
  std::string name_;
};

/// `invalidParams` for anything but one complete CREATE INDEX.
Result<IndexWish> readIndexWish(std::string_view text, const Dialect& dialect);

}  // namespace mydba::sql
