#include "engines/mysql/plan_json.h"

#include <charconv>
#include <cmath>

namespace mydba::mysql {
namespace {

constexpr int deepest = 256;

/// Deepest nesting outside of strings.
int nesting(std::string_view text) {
  int depth = 0, most = 0;
  bool inString = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (inString && c == '\\') {
      ++i;
    } else if (c == '"') {
      inString = !inString;
    } else if (!inString && (c == '{' || c == '[')) {
      most = std::max(most, ++depth);
    } else if (!inString && (c == '}' || c == ']')) {
      --depth;
    }
  }
  return most;
}

}  // namespace

Error notAPlan(std::string_view why, std::string_view what) {
  return {.code = ErrorCode::server,
          .message = "the server's " + std::string(what) + " cannot be read: " + std::string(why)};
}

Result<PlanJson> parsePlan(std::string_view text, std::string_view what) {
  if (nesting(text) > deepest)
    return Error{.code = ErrorCode::tooLarge,
                 .message = "the " + std::string(what) + " is nested too deep"};
  auto json = PlanJson::parse(text, nullptr, false);
  if (json.is_discarded()) return notAPlan("it is not JSON", what);
  if (!json.is_object()) return notAPlan("it is not an object", what);
  return json;
}

std::optional<double> number(const PlanJson& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end()) return {};
  if (found->is_number()) return found->get<double>();
  const auto* written = found->get_ptr<const std::string*>();
  if (!written) return {};
  double value = 0;
  const auto read = std::from_chars(written->data(), written->data() + written->size(), value);
  return read.ec == std::errc{} ? std::optional(value) : std::nullopt;
}

std::optional<double> bytes(const PlanJson& object, const char* name) {
  const auto amount = number(object, name);
  const auto written = text(object, name);
  if (!amount || !written) return amount;
  const auto unit = written->find_first_not_of("0123456789.");
  if (unit == std::string::npos) return amount;
  const auto power = std::string_view("KMGT").find((*written)[unit]);
  if (power == std::string_view::npos) return {};
  return std::ldexp(*amount, 10 * (static_cast<int>(power) + 1));
}

std::optional<std::string> text(const PlanJson& object, const char* name) {
  const auto found = object.find(name);
  const auto* written = found == object.end() ? nullptr : found->get_ptr<const std::string*>();
  return written ? std::optional(*written) : std::nullopt;
}

std::optional<std::string> flat(const PlanJson& value) {
  if (const auto* written = value.get_ptr<const std::string*>()) return *written;
  if (value.is_object()) return {};
  if (!value.is_array()) return value.dump();
  std::string list;
  for (const auto& item : value) {
    const auto one = item.is_structured() ? std::nullopt : flat(item);
    if (!one) return {};
    if (!list.empty()) list += ", ";
    list += *one;
  }
  return list;
}

void keep(protocol::PlanNode& node, const std::string& name, const PlanJson& value) {
  if (const auto written = flat(value)) {
    node.extra.push_back({name, *written});
  } else if (value.is_object()) {
    for (const auto& [inner, item] : value.items()) keep(node, name + "." + inner, item);
  } else {
    for (std::size_t i = 0; i < value.size(); ++i)
      keep(node, name + "[" + std::to_string(i) + "]", value[i]);
  }
}

}  // namespace mydba::mysql
