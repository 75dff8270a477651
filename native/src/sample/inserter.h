#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace mydba::sample {

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;
using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

inline Error failure(sqlite3* database) {
  return {.code = ErrorCode::io,
          .message = std::string("the sample cannot be written: ") + sqlite3_errmsg(database),
          .engineCode = std::to_string(sqlite3_extended_errcode(database))};
}

/// Inserts rows into one table, its columns bound in order. The first failure is kept and the rest
/// does nothing.
class Inserter {
 public:
  Inserter(sqlite3* database, const std::string& table, int columns) : database_(database) {
    std::string sql = "INSERT INTO " + table + " VALUES (?";
    for (int i = 1; i < columns; ++i) sql += ",?";
    sql += ")";
    sqlite3_stmt* statement = nullptr;
    code_ = sqlite3_prepare_v3(database, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement,
                               nullptr);
    statement_.reset(statement);
  }

  Inserter& number(std::int64_t value) {
    sqlite3_bind_int64(statement_.get(), ++column_, value);
    return *this;
  }
  Inserter& real(double value) {
    sqlite3_bind_double(statement_.get(), ++column_, value);
    return *this;
  }
  /// The text must stay until `insert`.
  Inserter& text(std::string_view value) {
    sqlite3_bind_text(statement_.get(), ++column_, value.data(), static_cast<int>(value.size()),
                      SQLITE_STATIC);
    return *this;
  }
  Inserter& null() {
    sqlite3_bind_null(statement_.get(), ++column_);
    return *this;
  }
  void insert() {
    column_ = 0;
    if (code_ != SQLITE_OK) return;
    const int step = sqlite3_step(statement_.get());
    if (step != SQLITE_DONE) code_ = step;
    sqlite3_reset(statement_.get());
  }
  Result<void> finish() const {
    if (code_ != SQLITE_OK) return failure(database_);
    return {};
  }

 private:
  sqlite3* database_;
  Statement statement_;
  int code_ = SQLITE_OK;
  int column_ = 0;
};

}  // namespace mydba::sample
