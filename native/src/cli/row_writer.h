#pragma once

#include <cstdio>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engines/engine.h"
#include "sql/dialect.h"

namespace mydba::cli {

/// Collects output and writes it in large pieces. After a failed write (a closed pipe) `ok` is
/// false and the rest is dropped.
class Output {
 public:
  explicit Output(int fd) : fd_(fd) {}
  ~Output() { flush(); }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  void add(std::string_view text) {
    if (buffer_.size() + text.size() > capacity) flush();
    buffer_.append(text);
  }
  void add(char byte) {
    if (buffer_.size() == capacity) flush();
    buffer_.push_back(byte);
  }
  void flush();
  bool ok() const { return ok_; }

 private:
  static constexpr std::size_t capacity = 256 * 1024;
  const int fd_;
  bool ok_ = true;
  std::string buffer_;
};

/// Writes result sets in one format, as they arrive.
class RowWriter {
 public:
  virtual ~RowWriter() = default;
  virtual void begin(std::span<const protocol::Column> columns) = 0;
  virtual void row(std::span<const Cell> cells) = 0;
  virtual void end() = 0;
  /// After the last result set; `summary` is the JSON of {rows, elapsedMs, truncated, notices}.
  virtual void finish(std::string_view summary) = 0;
};

/// Of `table`, `csv`, `json`, `jsonl`, `sql`; null for another format. `sql` writes INSERT
/// statements for a table called `table`, with strings in the dialect's quoting.
std::unique_ptr<RowWriter> makeRowWriter(std::string_view format, Output& out,
                                         const sql::Dialect& dialect, std::string table);

}  // namespace mydba::cli
