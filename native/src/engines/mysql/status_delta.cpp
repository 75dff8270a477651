#include "engines/mysql/status_delta.h"

#include <charconv>
#include <iterator>
#include <optional>

#include "base/embedded.h"

namespace mydba::mysql {
namespace {

using protocol::ProfileUnit;

struct Group {
  std::string_view prefix;
  std::string_view title;
  ProfileUnit unit = ProfileUnit::count;
  bool wide = false;  ///< the server has no such counter of a session
};

/// The first whose prefix a counter has; others are not of interest for one statement.
constexpr Group groups[] = {{"Handler_", "Handlers"},
                            {"Created_tmp_", "Temporary tables"},
                            {"Rows_tmp_read", "Temporary tables"},
                            {"Rows_", "Rows"},
                            {"Sort_", "Sorting"},
                            {"Select_", "Joins and scans"},
                            {"Bytes_", "Network", ProfileUnit::bytes},
                            {"Opened_", "Tables"},
                            {"Innodb_data_read", "InnoDB", ProfileUnit::bytes, true},
                            {"Innodb_data_written", "InnoDB", ProfileUnit::bytes, true},
                            {"Innodb_os_log_written", "InnoDB", ProfileUnit::bytes, true},
                            {"Innodb_row_lock_time", "InnoDB", ProfileUnit::ms, true},
                            {"Innodb_row_lock_waits", "InnoDB", ProfileUnit::count, true},
                            {"Innodb_buffer_pool_read", "InnoDB", ProfileUnit::count, true},
                            {"Innodb_pages_", "InnoDB", ProfileUnit::count, true},
                            {"Innodb_rows_", "InnoDB", ProfileUnit::count, true},
                            {"Innodb_log_waits", "InnoDB", ProfileUnit::count, true}};

/// Not counters: what they hold goes up and down, or is an average.
constexpr std::string_view levels[] = {"Innodb_data_reads", "Innodb_row_lock_time_avg",
                                       "Innodb_row_lock_time_max"};

const Group* groupOf(std::string_view name) {
  for (const std::string_view level : levels)
    if (name == level) return nullptr;
  for (const Group& group : groups)
    if (name.starts_with(group.prefix)) return &group;
  return nullptr;
}

}  // namespace

Result<StatusDelta::Counters> StatusDelta::read(Session& session, const CancelToken& cancel) {
  const auto rows = session.query(embeddedSql("mysql", "session_status"), cancel);
  if (!rows) return rows.error();
  Counters counters;
  for (const Row& row : *rows) {
    if (row.size() < 2 || !row[0] || !row[1] || !groupOf(*row[0])) continue;
    double value = 0;
    const char* end = row[1]->data() + row[1]->size();
    const auto number = std::from_chars(row[1]->data(), end, value);
    if (number.ec == std::errc{} && number.ptr == end) counters.emplace(*row[0], value);
  }
  return counters;
}

Result<StatusDelta> StatusDelta::begin(Session& session, const CancelToken& cancel) {
  StatusDelta delta;
  for (Counters* counters : {&delta.first_, &delta.second_}) {
    auto now = read(session, cancel);
    if (!now) return now.error();
    *counters = std::move(*now);
  }
  return delta;
}

Result<std::vector<protocol::ProfileMetric>> StatusDelta::end(Session& session,
                                                              const CancelToken& cancel) const {
  const auto now = read(session, cancel);
  if (!now) return now.error();
  std::vector<protocol::ProfileMetric> metrics;
  for (const auto& [name, value] : *now) {
    const auto first = first_.find(name), second = second_.find(name);
    if (first == first_.end() || second == second_.end()) continue;
    const double moved = (value - second->second) - (second->second - first->second);
    if (moved <= 0) continue;
    const Group& group = *groupOf(name);
    metrics.push_back({.name = name,
                       .group = std::string(group.title),
                       .unit = group.unit,
                       .value = moved,
                       .wide = group.wide ? std::optional(true) : std::nullopt});
  }
  return metrics;
}

}  // namespace mydba::mysql
