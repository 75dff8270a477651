#include "rag/scope.h"

#include <algorithm>
#include <charconv>

namespace mydba::rag {
namespace {

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> parts(std::string_view list) {
  std::vector<std::string_view> found;
  for (;;) {
    const auto comma = list.find(',');
    found.push_back(trimmed(list.substr(0, comma)));
    if (comma == std::string_view::npos) return found;
    list.remove_prefix(comma + 1);
  }
}

/// Takes a number off the front of `text`.
std::optional<int> takeNumber(std::string_view& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number < 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

/// Takes `16` or `8.0` off the front of `text`.
std::optional<Version> takeVersion(std::string_view& text) {
  const auto major = takeNumber(text);
  if (!major) return std::nullopt;
  Version version{.major = *major};
  if (text.starts_with('.')) {
    std::string_view rest = text.substr(1);
    version.minor = takeNumber(rest);
    if (version.minor) text = rest;
  }
  return version;
}

/// `14-18`, `8.0-9.6`, `10.6-`.
bool readRange(std::string_view text, EngineRange& range) {
  range.from = takeVersion(text);
  if (!range.from || !text.starts_with('-')) return false;
  text.remove_prefix(1);
  if (text.empty()) return true;
  range.to = takeVersion(text);
  return range.to && text.empty();
}

bool before(const Version& version, const Version& from) {
  if (version.major != from.major) return version.major < from.major;
  return version.minor && version.minor < from.minor.value_or(0);
}

bool after(const Version& version, const Version& to) {
  if (version.major != to.major) return version.major > to.major;
  return version.minor && to.minor && version.minor > to.minor;
}

}  // namespace

std::optional<Version> parseVersion(std::string_view text) { return takeVersion(text); }

std::optional<Scope> parseScope(std::string_view engines, std::string_view versions) {
  if (engines == "all") return versions == "any" ? std::optional(Scope()) : std::nullopt;
  Scope scope;
  for (const auto engine : parts(engines)) scope.push_back({.engine = std::string(engine)});
  const auto ranges = parts(versions);
  if (ranges.size() != scope.size()) return std::nullopt;
  for (const std::string_view range : ranges) {
    // One engine's range goes without its name.
    const auto space = range.find(' ');
    const auto named = space == std::string_view::npos ? engines : range.substr(0, space);
    const auto found = std::ranges::find(scope, trimmed(named), &EngineRange::engine);
    if (found == scope.end() || found->from) return std::nullopt;
    if (!readRange(trimmed(space == std::string_view::npos ? range : range.substr(space)), *found))
      return std::nullopt;
  }
  return scope;
}

Fit fitOf(const Scope& scope, std::optional<std::string_view> engine,
          const std::optional<Version>& version) {
  if (!engine || scope.empty()) return Fit::right;
  const auto range = std::ranges::find(scope, *engine, &EngineRange::engine);
  if (range == scope.end()) return Fit::otherEngine;
  const bool outside = version && ((range->from && before(*version, *range->from)) ||
                                   (range->to && after(*version, *range->to)));
  return outside ? Fit::otherVersion : Fit::right;
}

}  // namespace mydba::rag
