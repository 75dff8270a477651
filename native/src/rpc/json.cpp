#include "rpc/json.h"

#include "base/json_nesting.h"

namespace mydba::rpc {
namespace {

constexpr int maximumDepth = 200;

}  // namespace

bool DecodePath::fail(std::string_view reason) {
  if (failure_.empty()) failure_ = text_ + ": " + std::string(reason);
  return false;
}

DecodePath::Step::Step(DecodePath& path, std::string_view member)
    : path_(path), length_(path.text_.size()) {
  path_.text_ += '.';
  path_.text_ += member;
}

DecodePath::Step::Step(DecodePath& path, std::size_t item)
    : path_(path), length_(path.text_.size()) {
  path_.text_ += '[' + std::to_string(item) + ']';
}

Result<Json> parseJson(std::string_view text) {
  if (jsonNesting(text) > maximumDepth)
    return Error{.code = ErrorCode::invalidParams,
                 .message = "JSON nested deeper than " + std::to_string(maximumDepth)};
  Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded())
    return Error{.code = ErrorCode::invalidParams, .message = "not JSON in UTF-8"};
  return json;
}

std::string writeJson(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace mydba::rpc
