#pragma once

// What the generated codec is made of: one overload a kind of field.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "rpc/json.h"

namespace mydba::rpc {

inline Json toJson(const std::string& value) { return Json(value); }
inline Json toJson(std::int64_t value) { return Json(value); }
inline Json toJson(double value) { return Json(value); }
inline Json toJson(bool value) { return Json(value); }
template <typename T>
Json toJson(const std::vector<T>& values);

template <typename T>
Json toJson(const T& value) {
  return encode(value);
}

template <typename T>
Json toJson(const std::vector<T>& values) {
  Json json = Json::array();
  for (const T& value : values) json.push_back(toJson(value));
  return json;
}

template <typename T>
void put(Json& json, const char* key, const T& value) {
  json[key] = toJson(value);
}

template <typename T>
void put(Json& json, const char* key, const std::optional<T>& value) {
  if (value) json[key] = toJson(*value);
}

/// An item of a union: its fields behind `kind`.
inline Json marked(const char* kind, Json item) {
  Json json = Json::object();
  json["kind"] = kind;
  json.update(item);
  return json;
}

inline bool isObject(const Json& json, DecodePath& path) {
  return json.is_object() || path.fail("expected object");
}

inline bool fromJson(const Json& json, std::string& value, DecodePath& path) {
  if (!json.is_string()) return path.fail("expected string");
  value = json.get_ref<const std::string&>();
  return true;
}

inline bool fromJson(const Json& json, std::int64_t& value, DecodePath& path) {
  if (json.is_number_unsigned() && json.get<std::uint64_t>() > INT64_MAX)
    return path.fail("integer out of range");
  if (!json.is_number_integer()) return path.fail("expected integer");
  value = json.get<std::int64_t>();
  return true;
}

inline bool fromJson(const Json& json, double& value, DecodePath& path) {
  if (!json.is_number()) return path.fail("expected number");
  value = json.get<double>();
  return true;
}

inline bool fromJson(const Json& json, bool& value, DecodePath& path) {
  if (!json.is_boolean()) return path.fail("expected boolean");
  value = json.get<bool>();
  return true;
}

template <typename T>
bool fromJson(const Json& json, std::vector<T>& values, DecodePath& path);

template <typename T>
bool fromJson(const Json& json, T& value, DecodePath& path) {
  return decode(json, value, path);
}

template <typename T>
bool fromJson(const Json& json, std::vector<T>& values, DecodePath& path) {
  if (!json.is_array()) return path.fail("expected array");
  values.clear();
  values.reserve(json.size());
  for (const Json& item : json) {
    DecodePath::Step step(path, values.size());
    if (!fromJson(item, values.emplace_back(), path)) return false;
  }
  return true;
}

template <typename T>
bool take(const Json& json, const char* key, T& value, DecodePath& path) {
  DecodePath::Step step(path, key);
  const auto found = json.find(key);
  if (found == json.end()) return path.fail("missing");
  return fromJson(*found, value, path);
}

template <typename T>
bool take(const Json& json, const char* key, std::optional<T>& value, DecodePath& path) {
  DecodePath::Step step(path, key);
  const auto found = json.find(key);
  value.reset();
  if (found == json.end() || found->is_null()) return true;
  return fromJson(*found, value.emplace(), path);
}

template <typename T, std::size_t count>
bool decodeEnum(const Json& json, T& value, const std::pair<std::string_view, T> (&values)[count],
                DecodePath& path) {
  if (!json.is_string()) return path.fail("expected string");
  const auto& text = json.get_ref<const std::string&>();
  for (const auto& [name, candidate] : values)
    if (name == text) {
      value = candidate;
      return true;
    }
  return path.fail("unknown value \"" + text.substr(0, 40) + "\"");
}

/// The `kind` of a union's item; empty when there is none.
inline std::string markOf(const Json& json) {
  if (!json.is_object()) return {};
  const auto found = json.find("kind");
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace mydba::rpc
