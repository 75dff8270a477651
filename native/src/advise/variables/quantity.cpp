#include "advise/variables/quantity.h"

#include <charconv>
#include <cmath>
#include <cstdio>

namespace mydba::advise {
namespace {

enum class Kind { plain, bytes, milliseconds };

struct Unit {
  std::string_view name;
  Kind kind;
  double factor;
};
// As PostgreSQL writes them (manual, "Parameter Names and Values"); its kB is 1024 bytes.
constexpr Unit units[] = {{"B", Kind::bytes, 1.0},
                          {"kB", Kind::bytes, 1024.0},
                          {"MB", Kind::bytes, 1024.0 * 1024},
                          {"GB", Kind::bytes, 1024.0 * 1024 * 1024},
                          {"TB", Kind::bytes, 1024.0 * 1024 * 1024 * 1024},
                          {"us", Kind::milliseconds, 0.001},
                          {"ms", Kind::milliseconds, 1.0},
                          {"s", Kind::milliseconds, 1000.0},
                          {"min", Kind::milliseconds, 60.0 * 1000},
                          {"h", Kind::milliseconds, 3600.0 * 1000},
                          {"d", Kind::milliseconds, 24 * 3600.0 * 1000}};

struct Number {
  double value = 0;
  std::string_view rest;  ///< what stands behind it
};

std::optional<Number> numberAt(std::string_view text) {
  Number number;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number.value);
  if (error != std::errc() || !std::isfinite(number.value)) return std::nullopt;
  number.rest = text.substr(static_cast<std::size_t>(end - text.data()));
  return number;
}

/// `8kB` is a unit with a factor of its own.
Unit unitOf(std::string_view text) {
  const auto counted = numberAt(text);
  const std::string_view name = counted ? counted->rest : text;
  for (const Unit& unit : units)
    if (unit.name == name)
      return {unit.name, unit.kind, unit.factor * (counted ? counted->value : 1)};
  return {name, Kind::plain, 1};
}

/// At most one decimal, none where it would be 0.
std::string shortNumber(double value) {
  char text[64];
  const double tenths = std::round(value * 10) / 10;
  const bool whole = std::fabs(tenths - std::round(tenths)) < 0.05;
  std::snprintf(text, sizeof text, whole ? "%.0f" : "%.1f", tenths);
  return text;
}

/// In the largest unit of the kind that leaves 1 or more.
std::string inUnits(double amount, Kind kind) {
  const Unit* best = nullptr;
  for (const Unit& unit : units)
    if (unit.kind == kind && (!best || std::fabs(amount) >= unit.factor)) best = &unit;
  return shortNumber(amount / best->factor) + " " + std::string(best->name);
}

}  // namespace

std::optional<double> quantity(std::string_view value, std::string_view unit) {
  const auto number = numberAt(value);
  if (!number) return std::nullopt;
  if (number->rest.empty()) return number->value * unitOf(unit).factor;
  const Unit own = unitOf(number->rest);
  if (own.kind == Kind::plain) return std::nullopt;
  return number->value * own.factor;
}

std::string readable(std::string_view value, std::string_view unit) {
  const auto number = numberAt(value);
  if (!number || !number->rest.empty() || unit.empty()) return std::string(value);
  const Unit counted = unitOf(unit);
  if (counted.kind == Kind::plain) return std::string(value) + " " + std::string(unit);
  // 0 and -1 are words: no limit, never, automatic.
  if (number->value <= 0) return std::string(value);
  return inUnits(number->value * counted.factor, counted.kind);
}

}  // namespace mydba::advise
