#pragma once

#include <cstdint>
#include <string_view>

#include "engines/engine.h"
#include "rpc/json.h"
#include "tools/tool.h"

namespace mydba::tools {

/// One page of a result for a model: rows as lists of texts, secrets of marked columns redacted,
/// long values cut. Rows before the page are passed over; one row behind it says that there are
/// more. What does not fit into `mostBytes` is left for the next page.
class RowPage final : public RowSink {
 public:
  RowPage(std::int64_t offset, std::int64_t limit) : offset_(offset), limit_(limit) {}

  bool begin(std::span<const protocol::Column> columns) override;
  bool row(std::span<const Cell> cells) override;
  void end(const ResultSetEnd& end) override;
  void notice(std::string_view severity, std::string_view message) override;

  std::optional<std::int64_t> affected() const { return affected_; }
  /// {columns, rows, nextOffset?, affected?, notices?}
  Json json() const;

 private:
  Json cell(const Cell& cell, bool redacted);

  const std::int64_t offset_;
  const std::int64_t limit_;
  std::int64_t seen_ = 0;
  std::int64_t kept_ = 0;
  std::size_t bytes_ = 0;
  bool more_ = false;
  bool cut_ = false;
  std::vector<bool> redacted_;
  Json columns_ = Json::array();
  Json rows_ = Json::array();
  Json notices_ = Json::array();
  std::optional<std::int64_t> affected_;
};

}  // namespace mydba::tools
