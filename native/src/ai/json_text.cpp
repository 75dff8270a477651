#include "ai/json_text.h"

#include <limits>

#include "base/json_nesting.h"
#include "base/utf8.h"

namespace mydba::ai {
namespace {

constexpr int maximumDepth = 100;

std::string replaceInvalid(std::string_view text) {
  std::string valid;
  while (!text.empty()) {
    const std::size_t size = utf8Character(text);
    if (size == 0)
      valid += "\xef\xbf\xbd";
    else
      valid += text.substr(0, size);
    text.remove_prefix(size == 0 ? 1 : size);
  }
  return valid;
}

}  // namespace

Result<Json> parseJson(std::string_view text) {
  if (jsonNesting(text) <= maximumDepth) {
    Json json = validUtf8(text) ? Json::parse(text, nullptr, /*allow_exceptions=*/false)
                                : Json::parse(replaceInvalid(text), nullptr, false);
    if (!json.is_discarded()) return json;
  }
  return Error{.code = ErrorCode::server,
               .message = "the server's answer is not the JSON that was expected",
               .hint = "check that the address is that of the API"};
}

const Json* member(const Json& value, std::string_view name) {
  if (!value.is_object()) return nullptr;
  const auto found = value.find(name);
  return found == value.end() ? nullptr : &*found;
}

std::string textOf(const Json& value, std::string_view name) {
  const Json* found = member(value, name);
  return found && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<std::int64_t> countOf(const Json& value, std::string_view name) {
  const Json* found = member(value, name);
  if (!found || !found->is_number_unsigned()) return std::nullopt;
  const auto count = found->get<std::uint64_t>();
  if (count > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
    return std::nullopt;
  return static_cast<std::int64_t>(count);
}

std::string jsonText(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace mydba::ai
