#include "server/methods.h"

#include <string>

namespace mydba::server {
namespace {

void redact(rpc::Json& json, std::string_view pointer) {
  if (pointer.empty()) {
    json = "•••";
    return;
  }
  pointer.remove_prefix(1);
  const auto slash = pointer.find('/');
  const std::string member(pointer.substr(0, slash));
  const auto rest = slash == std::string_view::npos ? std::string_view() : pointer.substr(slash);
  if (member == "*") {
    if (json.is_array())
      for (auto& item : json) redact(item, rest);
  } else if (json.is_object() && json.contains(member)) {
    redact(json[member], rest);
  }
}

}  // namespace

const Method* findMethod(std::string_view name) {
  for (const Method& method : methods())
    if (method.name == name) return &method;
  return nullptr;
}

std::string redactedText(std::string_view method, std::string_view part, rpc::Json json) {
  for (const SecretField& field : secretFields())
    if (field.method == method && field.part == part) redact(json, field.pointer);
  return rpc::writeJson(json);
}

}  // namespace mydba::server
