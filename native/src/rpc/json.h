#pragma once

#include <nlohmann/json_fwd.hpp>
// The generated codec needs the full type; ordered, so that output keeps the schema's order.
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace mydba::rpc {

using Json = nlohmann::ordered_json;

/// Where in a JSON value a decoder stands, and the first thing it could not take.
class DecodePath {
 public:
  /// Names the outermost value: `query/run params`.
  explicit DecodePath(std::string root) : text_(std::move(root)) {}

  /// Records the reason at the current place; always false, so that decoders can return it.
  bool fail(std::string_view reason);
  /// `query/run params.limit: expected integer`.
  const std::string& failure() const { return failure_; }

  /// Enters a member or an item for the life of the object.
  class Step {
   public:
    Step(DecodePath& path, std::string_view member);
    Step(DecodePath& path, std::size_t item);
    ~Step() { path_.text_.resize(length_); }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;

   private:
    DecodePath& path_;
    std::size_t length_;
  };

 private:
  std::string text_;
  std::string failure_;
};

/// Parses one JSON text. Refuses what is not UTF-8, and nesting deeper than 200, which no message
/// needs and which costs a recursive decoder its stack.
Result<Json> parseJson(std::string_view text);

/// The text of a value; bytes that are not UTF-8 become U+FFFD.
std::string writeJson(const Json& json);

}  // namespace mydba::rpc
