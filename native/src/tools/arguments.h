#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "rpc/json.h"

namespace mydba::tools {

/// The arguments of a call, read by name. What is missing or of another type is noted; `failure`
/// tells the first such thing, so that a tool reads all it wants and asks once.
class Arguments {
 public:
  /// `json` must outlive it.
  explicit Arguments(const rpc::Json& json);

  /// Required, not empty, at most `mostBytes` long.
  std::string text(std::string_view name, std::size_t mostBytes = 64 * 1024) const;
  std::optional<std::string> optionalText(std::string_view name,
                                          std::size_t mostBytes = 64 * 1024) const;
  /// `fallback` when it is missing; must lie in [least, most].
  std::int64_t integer(std::string_view name, std::int64_t fallback, std::int64_t least,
                       std::int64_t most) const;
  /// Required, 1 to `most` texts.
  std::vector<std::string> texts(std::string_view name, std::size_t most) const;

  /// `invalidParams` for the first argument that was wrong, or that nothing has read.
  Result<void> complete() const;

 private:
  const rpc::Json* find(std::string_view name) const;
  void fail(std::string_view name, std::string_view why) const;

  const rpc::Json& json_;
  mutable std::vector<std::string_view> known_;
  mutable std::optional<Error> error_;
};

}  // namespace mydba::tools
