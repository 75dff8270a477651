// A copy of a table that the optimizer takes for the table.
//
// What the optimizer knows of an InnoDB table comes from two places. Sizes and numbers of distinct
// values are rows of mysql.innodb_table_stats and innodb_index_stats, which can be written and are
// read when the table is opened the next time. How many rows lie in a range, though, it counts in
// the index itself (ha_innobase::records_in_range), so that in an empty copy every range has one
// row and every index looks splendid. That is why rows are copied: all of them up to a limit, and
// with that the ranges are right; beyond it a sample. There all statistics are scaled to the
// sample, so that the optimizer plans for one consistent, smaller table.
//
// A table's statistics are read anew when its last handle was closed. FLUSH TABLE does that on
// MySQL, needs RELOAD, and does not on MariaDB (10.11, 11.8); renaming it there and back does on
// both, and needs nothing but the scratch database.

#include "engines/mysql/what_if_table.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "base/embedded.h"
#include "engines/mysql/statement.h"

namespace mydba::mysql {
namespace {

constexpr double sampleRows = 100'000;
/// Places in the primary key from which a sample takes rows.
constexpr int sampleChunks = 200;
constexpr std::int64_t firstWithHistogramData = 80031;

std::string digits(double value, int decimals = 0) {
  char text[400];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  return text;
}

/// Names of a table's partitions in the statistics, `t#p#p0`, as a LIKE pattern.
std::string partitionsPattern(std::string_view table) {
  std::string pattern;
  for (const char c : table) {
    if (c == '|' || c == '%' || c == '_') pattern += '|';
    pattern += c;
  }
  return pattern + "#%";
}

std::string joined(const Rows& names) {
  std::string text;
  for (const Row& row : names) text += (text.empty() ? "" : ", ") + quoteName(row[0].value_or(""));
  return text;
}

std::string qualified(std::string_view database, std::string_view table) {
  return quoteName(database) + '.' + quoteName(table);
}

}  // namespace

std::string TableCopy::name() const { return qualified(scratch_, real_.name); }

Result<void> TableCopy::make(const CancelToken& cancel) {
  const auto real = qualified(real_.database, real_.name);
  if (auto made = own_.execute("CREATE TABLE " + name() + " LIKE " + real, cancel); !made)
    return made;
  if (isInnodb()) {
    const auto kept = own_.execute(
        "ALTER TABLE " + name() + " STATS_PERSISTENT = 1, STATS_AUTO_RECALC = 0", cancel);
    if (!kept) return kept;
  }
  if (auto filled = fill(cancel); !filled) return filled;
  // Makes the rows that the statistics are then written into.
  if (auto counted = own_.execute("ANALYZE TABLE " + name(), cancel); !counted) return counted;
  if (auto numbers = carryStatistics(cancel); !numbers) return numbers;
  auto carried = isMariadb() ? carryEngineIndependent(cancel) : carryHistograms(cancel);
  return carried ? reload(cancel) : carried;
}

Result<void> TableCopy::fill(const CancelToken& cancel) {
  const auto names =
      own_.query(embeddedSql("mysql", "what_if_columns"), {real_.database, real_.name}, cancel);
  if (!names) return names.error();
  const std::string columns = joined(*names);
  const double most = real_.bytes > wholeTableBytes
                          ? std::min(sampleRows, real_.rows * wholeTableBytes / real_.bytes)
                          : sampleRows;
  if (real_.rows > wholeTableRows || real_.bytes > wholeTableBytes)
    return sample(columns, most, cancel);
  // The number of rows is an estimate, and may be an old one.
  const double limit = 2 * wholeTableRows;
  const auto copied =
      own_.execute("INSERT INTO " + name() + " (" + columns + ") SELECT " + columns + " FROM " +
                       qualified(real_.database, real_.name) + " LIMIT " + digits(limit),
                   cancel);
  if (!copied) return copied;
  copied_ = static_cast<double>(mysql_affected_rows(own_.handle()));
  if (copied_ >= limit)
    notices_.push_back("The statistics of " + real_.name +
                       " are older than most of its rows, and only some of them were copied: run "
                       "ANALYZE TABLE and try again.");
  return {};
}

Result<void> TableCopy::sample(const std::string& columns, double rows, const CancelToken& cancel) {
  const auto real = qualified(real_.database, real_.name);
  const std::string insert =
      "INSERT IGNORE INTO " + name() + " (" + columns + ") SELECT " + columns + " FROM " + real;
  const auto take = [&](const std::string& which) {
    auto taken = own_.execute(insert + which, cancel);
    if (taken) copied_ += static_cast<double>(mysql_affected_rows(own_.handle()));
    return taken;
  };
  const auto key =
      own_.query(embeddedSql("mysql", "what_if_sample_key"), {real_.database, real_.name}, cancel);
  if (!key) return key.error();
  if (key->empty()) {
    const auto taken = take(" WHERE RAND() < " + digits(rows / real_.rows, 9));
    if (!taken) return taken;
  } else {
    const auto column = quoteName(key->front()[0].value_or(""));
    const auto ends =
        own_.query("SELECT MIN(" + column + "), MAX(" + column + ") FROM " + real, cancel);
    if (!ends) return ends.error();
    const double low = numberIn(ends->at(0).at(0)).value_or(0);
    const double step = (numberIn(ends->at(0).at(1)).value_or(0) - low) / sampleChunks;
    for (int i = 0; i < sampleChunks; ++i) {
      const auto taken = take(" WHERE " + column + " >= " + digits(std::ceil(low + i * step)) +
                              " ORDER BY " + column + " LIMIT " + digits(rows / sampleChunks));
      if (!taken) return taken;
    }
  }
  share_ = std::min(1.0, std::max(1.0, copied_) / std::max(1.0, real_.rows));
  notices_.push_back(
      "Of " + real_.name + ", which is large, one row in " + digits(1 / share_) +
      " was copied: costs and numbers of rows are those of the copy, and what counts "
      "is their ratio.");
  return {};
}

Result<void> TableCopy::carryStatistics(const CancelToken& cancel) {
  if (!isInnodb()) return {};
  const auto share = digits(share_, 12);
  const auto partitions = partitionsPattern(real_.name);
  const auto table =
      own_.query(embeddedSql("mysql", "what_if_table_statistics"),
                 {real_.database, share, share, share, scratch_, real_.name, partitions}, cancel);
  if (!table) return table.error();
  // MySQL divides the pages in memory by the leaf pages to guess what must be read from disk. Those
  // in memory are the copy's own, and its pages are fuller, so the leaf pages must be its own too.
  const auto* without = isMariadb() ? "" : "n_leaf_pages";
  const auto indexes =
      own_.query(embeddedSql("mysql", "what_if_index_statistics"),
                 {real_.database, share, scratch_, without, real_.name, partitions}, cancel);
  return indexes ? Result<void>() : indexes.error();
}

Result<void> TableCopy::carryHistograms(const CancelToken& cancel) {
  const auto version = own_.server().versionNumber;
  if (version < firstWithHistogramData) return {};
  const auto found =
      own_.query(embeddedSql("mysql", "what_if_histograms"), {real_.database, real_.name}, cancel);
  if (!found) return found.error();
  for (const Row& row : *found) {
    const auto written = own_.execute("ANALYZE TABLE " + name() + " UPDATE HISTOGRAM ON " +
                                          quoteName(row[0].value_or("")) + " USING DATA " +
                                          literal(row[1].value_or("{}")),
                                      cancel);
    if (!written) return written;
  }
  return {};
}

Result<void> TableCopy::carryEngineIndependent(const CancelToken& cancel) {
  const auto present =
      own_.query("SELECT COUNT(*) FROM mysql.column_stats WHERE db_name = ? AND table_name = ?",
                 {real_.database, real_.name}, cancel);
  if (!present && own_.alive() && !cancel.cancelled()) {
    notices_.push_back("Statistics of " + real_.name +
                       " in mysql.column_stats, if it has any, could not be read.");
    return {};
  }
  if (!present) return present.error();
  if (present->at(0).at(0) == "0") return {};
  const auto table = own_.query(embeddedSql("mysql", "what_if_eits_table"),
                                {scratch_, digits(share_, 12), real_.database, real_.name}, cancel);
  if (!table) return table.error();
  for (const auto* part : {"what_if_eits_columns", "what_if_eits_indexes"}) {
    const auto carried =
        own_.query(embeddedSql("mysql", part), {scratch_, real_.database, real_.name}, cancel);
    if (!carried) return carried.error();
  }
  return {};
}

Result<void> TableCopy::reload(const CancelToken& cancel) {
  const auto aside = qualified(scratch_, scratch_);
  return own_.execute("RENAME TABLE " + name() + " TO " + aside + ", " + aside + " TO " + name(),
                      cancel);
}

Result<void> TableCopy::correct(const std::string& index, const CancelToken& cancel) {
  if (share_ == 1 || !isInnodb()) return {};
  // MariaDB has counted all of them anew.
  if (auto carried = carryStatistics(cancel); !carried) return carried;
  const auto keys =
      own_.query(embeddedSql("mysql", "what_if_index_keys"), {scratch_, real_.name, index}, cancel);
  if (!keys) return keys.error();
  std::string columns;
  for (std::size_t i = 0; i < keys->size(); ++i) {
    if (!(*keys)[i][0]) break;  // an expression: what the server counted in the sample stays
    columns += (i == 0 ? "" : ", ") + *(*keys)[i][0];
    const auto distinct = distinctIn(columns, cancel);
    if (!distinct) return distinct.error();
    char statistic[40];
    std::snprintf(statistic, sizeof statistic, "n_diff_pfx%02zu", i + 1);
    const auto written =
        own_.query(embeddedSql("mysql", "what_if_distinct"),
                   {digits(*distinct), scratch_, real_.name, index, statistic}, cancel);
    if (!written) return written.error();
  }
  return reload(cancel);
}

// Distinct values of the whole table from those of a sample, after Haas and Stokes, "Estimating the
// number of classes in a finite population" (1998), the estimator Duj1; then scaled to the copy.
Result<double> TableCopy::distinctIn(const std::string& columns, const CancelToken& cancel) {
  const auto groups =
      own_.query("SELECT COUNT(*), COALESCE(SUM(n = 1), 0) FROM (SELECT COUNT(*) n FROM " + name() +
                     " GROUP BY " + columns + ") AS counted",
                 cancel);
  if (!groups) return groups.error();
  const double distinct = numberIn(groups->at(0).at(0)).value_or(0);
  const double once = numberIn(groups->at(0).at(1)).value_or(0);
  const double rows = std::max(1.0, copied_);
  const double all = rows * distinct / std::max(1.0, rows - once + once * share_);
  return std::clamp(all * share_, 1.0, rows);
}

Result<std::optional<double>> TableCopy::size(const std::string& index, const CancelToken& cancel) {
  if (!isInnodb()) return std::optional<double>();
  const auto found =
      own_.query(embeddedSql("mysql", "what_if_index_size"),
                 {scratch_, real_.name, partitionsPattern(real_.name), index}, cancel);
  if (!found) return found.error();
  const auto bytes = found->empty() ? std::nullopt : numberIn(found->front()[0]);
  if (!bytes) return std::optional<double>();
  return std::optional(*bytes / share_);
}

}  // namespace mydba::mysql
