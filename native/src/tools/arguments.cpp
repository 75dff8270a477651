#include "tools/arguments.h"

#include <algorithm>

namespace mydba::tools {

Arguments::Arguments(const rpc::Json& json) : json_(json) {
  if (!json.is_object())
    error_ = Error{.code = ErrorCode::invalidParams, .message = "the arguments are no object"};
}

const rpc::Json* Arguments::find(std::string_view name) const {
  known_.push_back(name);
  if (!json_.is_object()) return nullptr;
  const auto at = json_.find(std::string(name));
  return at == json_.end() || at->is_null() ? nullptr : &*at;
}

void Arguments::fail(std::string_view name, std::string_view why) const {
  if (error_) return;
  error_ = Error{.code = ErrorCode::invalidParams,
                 .message = std::string(name) + ": " + std::string(why),
                 .hint = "see the tool's input schema"};
}

std::optional<std::string> Arguments::optionalText(std::string_view name,
                                                   std::size_t mostBytes) const {
  const rpc::Json* value = find(name);
  if (!value) return std::nullopt;
  if (!value->is_string()) {
    fail(name, "expected a string");
    return std::nullopt;
  }
  const auto& text = value->get_ref<const std::string&>();
  if (text.size() > mostBytes) {
    fail(name, "longer than " + std::to_string(mostBytes) + " bytes");
    return std::nullopt;
  }
  return text;
}

std::string Arguments::text(std::string_view name, std::size_t mostBytes) const {
  const bool wasWrong = error_.has_value();
  auto value = optionalText(name, mostBytes);
  if (!wasWrong && !error_ && value.value_or("").empty()) fail(name, "missing or empty");
  return value.value_or("");
}

std::int64_t Arguments::integer(std::string_view name, std::int64_t fallback, std::int64_t least,
                                std::int64_t most) const {
  const rpc::Json* value = find(name);
  if (!value) return fallback;
  if (!value->is_number_integer() || value->get<std::int64_t>() < least ||
      value->get<std::int64_t>() > most) {
    fail(name, "expected an integer from " + std::to_string(least) + " to " + std::to_string(most));
    return fallback;
  }
  return value->get<std::int64_t>();
}

std::vector<std::string> Arguments::texts(std::string_view name, std::size_t most) const {
  const rpc::Json* value = find(name);
  std::vector<std::string> list;
  if (!value || !value->is_array() || value->empty() || value->size() > most) {
    fail(name, "expected a list of 1 to " + std::to_string(most) + " strings");
    return list;
  }
  for (const rpc::Json& item : *value) {
    if (item.is_string())
      list.push_back(item.get<std::string>());
    else
      fail(name, "expected strings only");
  }
  return list;
}

Result<void> Arguments::complete() const {
  if (error_) return *error_;
  for (const auto& [name, value] : json_.items())
    if (std::ranges::find(known_, name) == known_.end())
      return Error{.code = ErrorCode::invalidParams,
                   .message = "unknown argument " + name.substr(0, 100),
                   .hint = "see the tool's input schema"};
  return {};
}

}  // namespace mydba::tools
