// How a table is read, in the words of a trace.
//
// Both servers note `"chosen": true` at every way that beats those before it, so the one that was
// taken is the last of them. In a range analysis the summary at its end says whether any index
// beats the scan of the table at all.

#include "engines/mysql/trace_access.h"

namespace mydba::mysql {
namespace {

constexpr const char* betterOne = "a way that was looked at later is cheaper";

protocol::TraceOption option(std::string name, const PlanJson& from) {
  auto rows = number(from, "rows");
  if (!rows) rows = number(from, "resulting_rows");
  if (!rows) rows = number(from, "rows_to_scan");
  if (!rows) rows = number(from, "records");
  return {.name = shortened(name),
          .cost = costOf(from),
          .rows = rows,
          .chosen = false,
          .reason = reasonOf(from)};
}

/// The ranges of an index that a scan would read.
std::string rangesOf(const PlanJson& alternative) {
  const auto ranges = elements(alternative, "ranges");
  std::string words;
  for (std::size_t i = 0; i < ranges.size() && i < 3; ++i)
    if (ranges[i]->is_string())
      words += (words.empty() ? "" : ", ") + shortened(ranges[i]->get<std::string>());
  if (ranges.size() > 3) words += ", … (" + std::to_string(ranges.size()) + " ranges)";
  return words;
}

class Reading {
 public:
  explicit Reading(const PlanJson& analysis) : analysis_(analysis) {}

  std::vector<protocol::TraceOption> options() {
    const std::string taken = takenIndex();
    if (const auto* scan = member(analysis_, "table_scan"))
      options_.push_back(option("table scan", *scan));
    if (const auto* scan = member(analysis_, "best_covering_index_scan"))
      add("scan of the index " + indexOf(*scan), *scan, false);
    if (const auto* ways = member(analysis_, "analyzing_range_alternatives")) {
      for (const PlanJson* range : elements(*ways, "range_scan_alternatives"))
        add("range of " + indexOf(*range), *range, !taken.empty() && indexOf(*range) == taken);
    }
    addSpecial("skip_scan_range", "skip scan");
    addSpecial("group_index_skip_scan", "loose scan for the groups");
    addSpecial("group_index_range", "loose scan for the groups");
    for (const PlanJson* index : elements(analysis_, "potential_range_indexes"))
      if (!isTrue(*index, "usable")) add("range of " + indexOf(*index), *index, false);
    settle(taken);
    arrange(options_);
    return std::move(options_);
  }

 private:
  static std::string indexOf(const PlanJson& object) {
    return text(object, "index").value_or("an index");
  }

  void add(const std::string& name, const PlanJson& from, bool chosen) {
    auto way = option(name, from);
    way.chosen = chosen;
    if (const auto ranges = rangesOf(from); !ranges.empty())
      way.reason = way.reason ? *way.reason + "; " + ranges : ranges;
    options_.push_back(std::move(way));
  }

  /// Only what was weighed: that it is not for this statement is no news.
  void addSpecial(const char* name, const std::string& title) {
    const auto* way = member(analysis_, name);
    if (way && costOf(*way)) add(title, *way, isTrue(*way, "chosen"));
  }

  std::string takenIndex() const {
    const auto* summary = member(analysis_, "chosen_range_access_summary");
    if (!summary || !isTrue(*summary, "chosen")) return {};
    const auto* plan = member(*summary, "range_access_plan");
    return plan ? text(*plan, "index").value_or(text(*plan, "type").value_or("")) : std::string();
  }

  /// When no index is taken, it is the scan: of the covering index where that is cheaper.
  void settle(const std::string& taken) {
    bool any = false;
    for (const auto& way : options_) any = any || way.chosen;
    if (any || options_.empty()) return;
    if (!taken.empty()) {
      options_.push_back(
          {.name = shortened(taken), .cost = {}, .rows = {}, .chosen = true, .reason = {}});
      return;
    }
    const auto* covering = member(analysis_, "best_covering_index_scan");
    const bool byIndex = covering && isTrue(*covering, "chosen") && options_.size() > 1;
    options_[byIndex ? 1 : 0].chosen = true;
  }

  const PlanJson& analysis_;
  std::vector<protocol::TraceOption> options_;
};

}  // namespace

std::string outcome(const std::vector<protocol::TraceOption>& options) {
  if (options.empty() || !options[0].chosen) return {};
  std::string sentence = "By " + options[0].name;
  std::string numbers;
  if (options[0].rows) numbers = figure(*options[0].rows) + " rows";
  if (options[0].cost)
    numbers += (numbers.empty() ? "cost " : ", cost ") + figure(*options[0].cost);
  return sentence + (numbers.empty() ? "" : ": " + numbers) + ".";
}

std::optional<protocol::TraceStep> readingStep(const PlanJson& step, bool again) {
  const auto table = aliasIn(step);
  if (!table) return std::nullopt;
  protocol::TraceStep told{
      .title = "How to read " + *table + (again ? ", now that the order is known" : ""),
      .text = {},
      .table = table,
      .options = {},
      .steps = {}};
  if (const auto* analysis = member(step, "range_analysis")) {
    told.options = Reading(*analysis).options();
    told.text = outcome(told.options);
    return told;
  }
  if (const auto type = text(step, "table_type")) {
    told.text = "It has at most one row (" + shortened(*type) + "), which was read while planning.";
    return told;
  }
  if (const auto* scan = member(step, "table_scan")) {
    told.options.push_back(option("table scan", *scan));
    told.options[0].chosen = true;
    told.text = outcome(told.options);
    return told;
  }
  return std::nullopt;
}

std::vector<protocol::TraceOption> accessOptions(const PlanJson& bestAccessPath) {
  std::vector<protocol::TraceOption> options;
  std::optional<std::size_t> last;
  for (const PlanJson* path : elements(bestAccessPath, "considered_access_paths")) {
    if (!path->is_object()) continue;
    const auto type =
        text(*path, "access_type").value_or(text(*path, "type").value_or("another way"));
    const auto* details = member(*path, "range_details");
    auto index = text(*path, "index");
    if (!index) index = text(*path, "range_index");
    if (!index && details) index = text(*details, "used_index");
    auto way = option(type == "scan" ? "table scan" : type + (index ? " " + *index : ""), *path);
    const bool usable = !path->contains("usable") || isTrue(*path, "usable");
    if (!usable && !way.reason) way.reason = "the values that it looks up are not read yet";
    if (isTrue(*path, "chosen"))
      last = options.size();
    else if (usable && !way.reason && way.cost)
      way.reason = "costs more than another way";
    options.push_back(std::move(way));
    if (isTrue(*path, "chosen") && !options.back().reason) options.back().reason = betterOne;
  }
  if (last) {
    auto& winner = options[*last];
    winner.chosen = true;
    if (winner.reason == betterOne) winner.reason.reset();
  }
  arrange(options);
  return options;
}

}  // namespace mydba::mysql
