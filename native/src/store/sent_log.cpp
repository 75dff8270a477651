#include "store/sent_log.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <limits>
#include <utility>

#include "base/embedded.h"
#include "base/utc_time.h"
#include "rpc/json.h"
#include "store/data_file.h"

namespace mydba::store {
namespace {

constexpr const char* columns =
    "SELECT id, time, provider, address, model, purpose, request, masked, "
    "ifnull(input_tokens, -1), ifnull(output_tokens, -1), ifnull(cost, '') , outcome FROM sent ";

Result<void> finish(Statement& statement) {
  const auto done = statement.step();
  return done ? Result<void>() : Result<void>(done.error());
}

std::optional<std::int64_t> countAt(const Statement& row, int column) {
  const std::int64_t value = row.integer(column);
  return value < 0 ? std::nullopt : std::optional(value);
}

MaskedCounts countsIn(std::string_view json) {
  MaskedCounts counts;
  const auto parsed = rpc::Json::parse(json, nullptr, false);
  if (parsed.is_object())
    for (const auto& [kind, count] : parsed.items())
      if (count.is_number_integer()) counts[kind] = count.get<std::int64_t>();
  return counts;
}

SentEntry entryAt(const Statement& row) {
  const std::string cost = row.text(10);
  return {.id = row.integer(0),
          .time = row.text(1),
          .provider = row.text(2),
          .address = row.text(3),
          .model = row.text(4),
          .purpose = row.text(5),
          .request = row.text(6),
          .masked = countsIn(row.view(7)),
          .inputTokens = countAt(row, 8),
          .outputTokens = countAt(row, 9),
          .cost = cost.empty() ? std::nullopt : std::optional(std::atof(cost.c_str())),
          .outcome = row.text(11)};
}

Result<std::vector<SentEntry>> entriesOf(Statement& rows) {
  std::vector<SentEntry> entries;
  auto more = rows.step();
  for (; more && *more; more = rows.step()) entries.push_back(entryAt(rows));
  if (!more) return more.error();
  return entries;
}

rpc::Json jsonOf(const SentEntry& entry) {
  rpc::Json json{{"id", entry.id},           {"time", entry.time},     {"provider", entry.provider},
                 {"address", entry.address}, {"model", entry.model},   {"purpose", entry.purpose},
                 {"request", entry.request}, {"masked", entry.masked}, {"outcome", entry.outcome}};
  if (entry.inputTokens) json["inputTokens"] = *entry.inputTokens;
  if (entry.outputTokens) json["outputTokens"] = *entry.outputTokens;
  if (entry.cost) json["cost"] = *entry.cost;
  return json;
}

}  // namespace

Result<std::string> sentFile() { return dataFile("sent.db", "MYDBA_SENT_FILE"); }

Result<std::unique_ptr<SentLog>> SentLog::open(const std::string& path,
                                               const SentRetention& retention) {
  auto database = Database::open(path);
  if (!database) return database.error();
  // What is cleared is overwritten (sqlite.org/pragma.html#pragma_secure_delete).
  const auto made =
      database->execute("PRAGMA secure_delete = ON;" +
                        std::string(embeddedFile("native/src/store/sql/sent_schema.sql")));
  if (!made) return made.error();
  return std::unique_ptr<SentLog>(new SentLog(std::move(*database), retention));
}

Result<std::int64_t> SentLog::begin(SentEntry entry) {
  MutexLock lock(mutex_);
  if (const auto pruned = prune(); !pruned) return pruned.error();
  auto row = database_.prepare(
      "INSERT INTO sent (time, provider, address, model, purpose, request, masked, outcome) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, 'sent') RETURNING id");
  if (!row) return row.error();
  row->bind(1, utcNowWithMilliseconds()).bind(2, entry.provider).bind(3, entry.address);
  row->bind(4, entry.model).bind(5, entry.purpose).bind(6, entry.request);
  const std::string masked = rpc::Json(entry.masked).dump();
  row->bind(7, masked);
  const auto made = row->step();
  if (!made) return made.error();
  const std::int64_t id = row->integer(0);
  if (const auto done = finish(*row); !done) return done.error();
  return id;
}

Result<void> SentLog::complete(std::int64_t id, const SentOutcome& outcome) {
  MutexLock lock(mutex_);
  auto row = database_.prepare(
      "UPDATE sent SET outcome = ?2, input_tokens = nullif(?3, -1), "
      "output_tokens = nullif(?4, -1), cost = CAST(nullif(?5, '') AS REAL) WHERE id = ?1");
  if (!row) return row.error();
  char cost[40] = "";
  if (outcome.cost) std::snprintf(cost, sizeof cost, "%.9g", *outcome.cost);
  row->bind(1, id).bind(2, outcome.outcome);
  row->bind(3, outcome.inputTokens.value_or(-1)).bind(4, outcome.outputTokens.value_or(-1));
  row->bind(5, std::string_view(cost));
  return finish(*row);
}

Result<std::vector<SentEntry>> SentLog::list(std::string_view text,
                                             std::optional<std::int64_t> before,
                                             std::int64_t limit) {
  MutexLock lock(mutex_);
  // instr() takes the text as it is; LIKE would read % and _ in it.
  auto rows = database_.prepare(
      std::string(columns) +
      "WHERE id < ?1 AND (?2 = '' OR instr(lower(request || char(10) || model || char(10) || "
      "address || char(10) || purpose), lower(?2)) > 0) ORDER BY id DESC LIMIT ?3");
  if (!rows) return rows.error();
  rows->bind(1, before.value_or(std::numeric_limits<std::int64_t>::max())).bind(2, text);
  rows->bind(3, limit);
  return entriesOf(*rows);
}

Result<SentEntry> SentLog::find(std::int64_t id) {
  MutexLock lock(mutex_);
  auto rows = database_.prepare(std::string(columns) + "WHERE id = ?");
  if (!rows) return rows.error();
  rows->bind(1, id);
  auto entries = entriesOf(*rows);
  if (!entries) return entries.error();
  if (entries->empty())
    return Error{.code = ErrorCode::invalidParams,
                 .message = "this request is not in the log any more",
                 .hint = "it was cleared, or was older than what is kept"};
  return std::move(entries->front());
}

Result<PrivacyReport> SentLog::report() {
  MutexLock lock(mutex_);
  auto rows = database_.prepare(
      "SELECT address, model, count(*), sum(length(CAST(request AS BLOB))), "
      "sum(ifnull(input_tokens, 0) + ifnull(output_tokens, 0)), CAST(sum(ifnull(cost, 0)) AS TEXT),"
      " min(time), max(time) FROM sent GROUP BY address, model ORDER BY 4 DESC, 1, 2");
  if (!rows) return rows.error();
  PrivacyReport report;
  auto more = rows->step();
  for (; more && *more; more = rows->step()) {
    report.destinations.push_back({.address = rows->text(0),
                                   .model = rows->text(1),
                                   .requests = rows->integer(2),
                                   .bytes = rows->integer(3),
                                   .tokens = rows->integer(4),
                                   .cost = std::atof(rows->text(5).c_str())});
    report.requests += rows->integer(2);
    report.bytes += rows->integer(3);
    report.tokens += rows->integer(4);
    report.cost += report.destinations.back().cost;
    if (report.since.empty() || rows->view(6) < report.since) report.since = rows->text(6);
    if (report.until < rows->view(7)) report.until = rows->text(7);
  }
  if (!more) return more.error();
  auto masks = database_.prepare("SELECT masked FROM sent");
  if (!masks) return masks.error();
  for (more = masks->step(); more && *more; more = masks->step())
    for (const auto& [kind, count] : countsIn(masks->view(0))) report.masked[kind] += count;
  if (!more) return more.error();
  return report;
}

Result<std::string> SentLog::exportLines() {
  MutexLock lock(mutex_);
  auto rows = database_.prepare(std::string(columns) + "ORDER BY id");
  if (!rows) return rows.error();
  std::string text;
  auto more = rows->step();
  for (; more && *more; more = rows->step()) text += rpc::writeJson(jsonOf(entryAt(*rows))) + '\n';
  if (!more) return more.error();
  return text;
}

Result<void> SentLog::clear() {
  MutexLock lock(mutex_);
  // The write-ahead log holds what was there until it is taken over and cut.
  return database_.execute("DELETE FROM sent; PRAGMA wal_checkpoint(TRUNCATE); VACUUM;");
}

Result<void> SentLog::prune() {
  if (retention_.days > 0) {
    const auto kept = std::chrono::system_clock::now() - std::chrono::hours(24) * retention_.days;
    auto old = database_.prepare("DELETE FROM sent WHERE time < ?");
    if (!old) return old.error();
    const std::string limit = utcWithMilliseconds(kept);
    old->bind(1, limit);
    if (const auto done = finish(*old); !done) return done;
  }
  if (retention_.megabytes <= 0) return {};
  // The newest whose requests together are not too much.
  auto large = database_.prepare(
      "DELETE FROM sent WHERE id IN (SELECT id FROM (SELECT id, sum(length(CAST(request AS BLOB)))"
      " OVER (ORDER BY id DESC) AS bytes FROM sent) WHERE bytes > ?)");
  if (!large) return large.error();
  large->bind(1, retention_.megabytes * 1'000'000);
  return finish(*large);
}

}  // namespace mydba::store
