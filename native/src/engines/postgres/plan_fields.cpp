#include "engines/postgres/plan_fields.h"

#include <algorithm>
#include <array>
#include <utility>

namespace mydba::postgres {
namespace {

using protocol::PlanBuffers;

// Each plan node takes two levels of JSON. The readers of the tree recurse too.
constexpr int deepest = 1000;

/// Counts brackets outside of strings; the parser itself would accept any depth.
bool tooDeep(std::string_view json) {
  int depth = 0;
  bool inString = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (inString) {
      if (c == '\\') ++i;
      inString = c != '"';
      continue;
    }
    inString = c == '"';
    if ((c == '[' || c == '{') && ++depth > deepest) return true;
    if (c == ']' || c == '}') --depth;
  }
  return false;
}

std::string textOf(const PlanJson& value) {
  if (value.is_string()) return value.get<std::string>();
  const bool list = value.is_array() && std::none_of(value.begin(), value.end(), [](const auto& i) {
                      return i.is_structured();
                    });
  if (!list) return value.dump(-1, ' ', false, PlanJson::error_handler_t::replace);
  std::string joined;
  for (const auto& item : value) joined += (joined.empty() ? "" : ", ") + textOf(item);
  return joined;
}

// Zero means "none" in these; JSON has them always, text only when there is something.
constexpr std::array<std::string_view, 4> counters{"Disk Usage", "Planned Partitions",
                                                   "Subplans Removed", "Conflicting Tuples"};

bool saysNothing(std::string_view name, const PlanJson& value) {
  if (value.is_boolean()) return !value.get<bool>();
  if (!value.is_number() || value.get<double>() != 0) return false;
  return name.ends_with(" Blocks") || name.find("I/O") != name.npos || name.starts_with("WAL ") ||
         name.starts_with("Tuples ") ||
         std::find(counters.begin(), counters.end(), name) != counters.end();
}

}  // namespace

Error notAPlan(std::string_view why) {
  return {.code = ErrorCode::invalidParams,
          .message = "this is not a PostgreSQL plan: " + std::string(why),
          .hint = "take the whole output of EXPLAIN, in text or FORMAT JSON"};
}

Result<PlanJson> parsePlanJson(std::string_view text) {
  if (tooDeep(text)) return notAPlan("it is nested too deeply");
  auto json = PlanJson::parse(text, nullptr, false);
  if (json.is_discarded()) return notAPlan("it is not JSON");
  return json;
}

const PlanJson* Fields::find(const char* name) const {
  const auto found = object_.find(name);
  return found == object_.end() ? nullptr : &*found;
}

const PlanJson* Fields::take(const char* name, bool fits) {
  if (!fits) return nullptr;
  taken_.push_back(name);
  return find(name);
}

std::optional<std::string> Fields::text(const char* name) {
  const auto* value = find(name);
  if (!take(name, value && value->is_string())) return std::nullopt;
  return value->get<std::string>();
}

std::optional<double> Fields::number(const char* name) {
  const auto* value = find(name);
  if (!take(name, value && value->is_number())) return std::nullopt;
  return value->get<double>();
}

std::optional<double> Fields::counter(const char* name) {
  const auto value = number(name);
  return value == 0.0 ? std::nullopt : value;
}

bool Fields::truth(const char* name) {
  const auto* value = find(name);
  return take(name, value && value->is_boolean()) && value->get<bool>();
}

std::optional<std::string> Fields::firstText(std::initializer_list<const char*> names) {
  for (const char* name : names)
    if (auto found = text(name)) return found;
  return std::nullopt;
}

const PlanJson* Fields::array(const char* name) {
  const auto* value = find(name);
  return take(name, value && value->is_array());
}

const PlanJson* Fields::object(const char* name) {
  const auto* value = find(name);
  return take(name, value && value->is_object());
}

std::optional<double> Fields::peek(const char* name) const {
  const auto* value = find(name);
  return value && value->is_number() ? std::optional(value->get<double>()) : std::nullopt;
}

bool Fields::says(const char* name, std::string_view value) const {
  const auto* found = find(name);
  return found && found->is_string() && found->get_ref<const std::string&>() == value;
}

std::vector<protocol::NamedValue> Fields::rest() const {
  std::vector<protocol::NamedValue> others;
  for (const auto& [name, value] : object_.items()) {
    if (std::find(taken_.begin(), taken_.end(), name) != taken_.end()) continue;
    if (!saysNothing(name, value)) others.push_back({name, textOf(value)});
  }
  return others;
}

std::optional<PlanBuffers> readBuffers(Fields& fields) {
  using Pages = std::optional<double> PlanBuffers::*;
  constexpr std::array<std::pair<const char*, Pages>, 10> names{{
      {"Shared Hit Blocks", &PlanBuffers::sharedHit},
      {"Shared Read Blocks", &PlanBuffers::sharedRead},
      {"Shared Dirtied Blocks", &PlanBuffers::sharedDirtied},
      {"Shared Written Blocks", &PlanBuffers::sharedWritten},
      {"Local Hit Blocks", &PlanBuffers::localHit},
      {"Local Read Blocks", &PlanBuffers::localRead},
      {"Local Dirtied Blocks", &PlanBuffers::localDirtied},
      {"Local Written Blocks", &PlanBuffers::localWritten},
      {"Temp Read Blocks", &PlanBuffers::tempRead},
      {"Temp Written Blocks", &PlanBuffers::tempWritten},
  }};
  constexpr std::array<std::pair<const char*, Pages>, 8> times{{
      {"I/O Read Time", &PlanBuffers::readMs},
      {"I/O Write Time", &PlanBuffers::writeMs},
      {"Shared I/O Read Time", &PlanBuffers::readMs},
      {"Shared I/O Write Time", &PlanBuffers::writeMs},
      {"Local I/O Read Time", &PlanBuffers::readMs},
      {"Local I/O Write Time", &PlanBuffers::writeMs},
      {"Temp I/O Read Time", &PlanBuffers::readMs},
      {"Temp I/O Write Time", &PlanBuffers::writeMs},
  }};
  PlanBuffers pages;
  bool any = false;
  for (const auto& [name, member] : names)
    any |= (pages.*member = fields.counter(name)).has_value();
  for (const auto& [name, member] : times)
    if (const auto ms = fields.counter(name)) {
      pages.*member = (pages.*member).value_or(0) + *ms;
      any = true;
    }
  return any ? std::optional(pages) : std::nullopt;
}

std::optional<protocol::PlanWal> readWal(Fields& fields) {
  protocol::PlanWal wal{.records = fields.counter("WAL Records"),
                        .fullPages = fields.counter("WAL FPI"),
                        .bytes = fields.counter("WAL Bytes"),
                        .buffersFull = fields.counter("WAL Buffers Full")};
  return wal.records || wal.fullPages || wal.bytes || wal.buffersFull ? std::optional(wal)
                                                                      : std::nullopt;
}

}  // namespace mydba::postgres
