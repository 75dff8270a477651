#include "engines/postgres/plan_fields.h"

#include <algorithm>
#include <array>
#include <utility>

namespace mydba::postgres {
namespace {

using protocol::PlanBuffers;

// Each plan node takes two levels of JSON. The readers of the tree recurse too.
constexpr int deepest = 1000;

std::string textOf(PlanValue value) {
  if (std::string_view text; !value.get(text)) return std::string(text);
  if (std::int64_t number = 0; !value.get(number)) return std::to_string(number);
  PlanArray list;
  if (value.get(list)) return simdjson::minify(value);
  for (const PlanValue item : list)
    if (item.is_array() || item.is_object()) return simdjson::minify(value);
  std::string joined;
  for (const PlanValue item : list) joined += (joined.empty() ? "" : ", ") + textOf(item);
  return joined;
}

// Zero means "none" in these; JSON has them always, text only when there is something.
constexpr std::array<std::string_view, 4> counters{"Disk Usage", "Planned Partitions",
                                                   "Subplans Removed", "Conflicting Tuples"};

bool saysNothing(std::string_view name, PlanValue value) {
  if (bool truth = false; !value.get(truth)) return !truth;
  if (double number = 0; value.get(number) || number != 0) return false;
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

Result<PlanDocument> PlanDocument::parse(std::string_view text) {
  auto parser = std::make_unique<simdjson::dom::parser>();
  PlanValue root;
  auto failed = parser->allocate(std::max<std::size_t>(text.size(), 1), deepest);
  if (!failed) failed = parser->parse(text.data(), text.size()).get(root);
  if (failed == simdjson::DEPTH_ERROR) return notAPlan("it is nested too deeply");
  if (failed == simdjson::MEMALLOC || failed == simdjson::CAPACITY)
    return notAPlan("it is larger than the memory for it");
  if (failed) return notAPlan("it is not JSON");
  return PlanDocument(std::move(parser), root);
}

std::vector<std::string> textsIn(const PlanArray& list) {
  std::vector<std::string> texts;
  for (const PlanValue item : list)
    if (std::string_view text; !item.get(text)) texts.emplace_back(text);
  return texts;
}

Fields::Fields(PlanValue object) {
  simdjson::dom::object members;
  if (object.get(members)) return;
  members_.reserve(members.size());
  for (const auto& [name, value] : members) {
    members_.push_back({name, value});
    std::uint32_t& behind = behind_[slotOf(name)];
    if (behind == 0) behind = static_cast<std::uint32_t>(members_.size());
  }
}

const Fields::Member* Fields::find(std::string_view name) const {
  const std::size_t behind = behind_[slotOf(name)];
  for (std::size_t i = behind - 1; behind > 0 && i < members_.size(); ++i)
    if (members_[i].name == name) return &members_[i];
  return nullptr;
}

template <class T>
std::optional<T> Fields::take(std::string_view name) {
  const Member* found = find(name);
  T value;
  if (!found || found->value.get(value)) return std::nullopt;
  members_[static_cast<std::size_t>(found - members_.data())].taken = true;
  return value;
}

std::optional<std::string> Fields::text(std::string_view name) {
  const auto text = take<std::string_view>(name);
  return text ? std::optional<std::string>(*text) : std::nullopt;
}

std::optional<double> Fields::number(std::string_view name) { return take<double>(name); }

bool Fields::truth(std::string_view name) { return take<bool>(name).value_or(false); }

std::optional<PlanArray> Fields::array(std::string_view name) { return take<PlanArray>(name); }

std::optional<double> Fields::counter(std::string_view name) {
  const auto value = number(name);
  return value == 0.0 ? std::nullopt : value;
}

std::optional<std::string> Fields::firstText(std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names)
    if (auto found = text(name)) return found;
  return std::nullopt;
}

std::optional<PlanValue> Fields::object(std::string_view name) {
  const auto found = peekObject(name);
  if (found) take<simdjson::dom::object>(name);
  return found;
}

std::optional<PlanValue> Fields::peekObject(std::string_view name) const {
  const Member* member = find(name);
  return member && member->value.is_object() ? std::optional(member->value) : std::nullopt;
}

bool Fields::isTrue(std::string_view name) const {
  const Member* member = find(name);
  bool truth = false;
  return member && !member->value.get(truth) && truth;
}

std::vector<std::string_view> Fields::trueOnes() const {
  std::vector<std::string_view> names;
  for (const Member& member : members_)
    if (isTrue(member.name)) names.push_back(member.name);
  return names;
}

std::optional<double> Fields::peek(std::string_view name) const {
  const Member* member = find(name);
  double number = 0;
  return member && !member->value.get(number) ? std::optional(number) : std::nullopt;
}

bool Fields::says(std::string_view name, std::string_view value) const {
  const Member* member = find(name);
  std::string_view text;
  return member && !member->value.get(text) && text == value;
}

std::vector<protocol::NamedValue> Fields::rest() const {
  std::vector<protocol::NamedValue> others;
  others.reserve(static_cast<std::size_t>(std::count_if(
      members_.begin(), members_.end(), [](const Member& member) { return !member.taken; })));
  for (const Member& member : members_)
    if (!member.taken && !saysNothing(member.name, member.value))
      others.push_back({std::string(member.name), textOf(member.value)});
  return others;
}

std::optional<PlanBuffers> readBuffers(Fields& fields) {
  using Pages = std::optional<double> PlanBuffers::*;
  constexpr std::array<std::pair<std::string_view, Pages>, 10> names{{
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
  constexpr std::array<std::pair<std::string_view, Pages>, 8> times{{
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
