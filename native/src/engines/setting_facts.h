#pragma once

#include <map>
#include <optional>
#include <string_view>

#include "types.h"

namespace mydba {

/// What is known of a setting beside what the server says of it.
struct SettingFacts {
  std::string_view unit;  ///< how it is counted; empty where it is not known
  std::optional<std::string_view> initial;
  std::optional<protocol::VariableChange> changes;
  bool ofServer = false;  ///< sessions have no value of their own
};

/// A file of an engine's data/, whose sections say what is known:
///     [unit NAME]             settings that are counted in it
///     [restart], [fixed]      those that only the start of the server reads, or nothing changes
///     [server]                those of which sessions have no value of their own
///     [initial]               a line each: a setting and what it is built with, `""` for nothing
/// Lines that begin with # are for people.
class SettingBook {
 public:
  /// `text` lives longer than this object.
  explicit SettingBook(std::string_view text);
  /// Empty where nothing is known of it.
  SettingFacts find(std::string_view name) const;

 private:
  void takeLine(std::string_view section, std::string_view line);

  std::map<std::string_view, SettingFacts> facts_;
};

}  // namespace mydba
