#include "store/plan_store.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "base/embedded.h"
#include "base/utc_time.h"
#include "codec.h"
#include "plan/mask.h"
#include "plan/shape.h"
#include "rpc/json.h"
#include "store/data_file.h"

namespace mydba::store {
namespace {

using protocol::PlanRecord;

constexpr std::size_t keptTimes = 9;

Result<void> finish(Statement& statement) {
  const auto done = statement.step();
  return done ? Result<void>() : Result<void>(done.error());
}

std::string number(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.17g", value);
  return text;
}

std::vector<double> timesIn(std::string_view json) {
  const auto parsed = rpc::Json::parse(json, nullptr, false);
  std::vector<double> times;
  if (parsed.is_array())
    for (const auto& time : parsed)
      if (time.is_number()) times.push_back(time.get<double>());
  return times;
}

std::optional<double> median(std::vector<double> values) {
  if (values.empty()) return std::nullopt;
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

PlanRecord recordAt(const Statement& row) {
  const std::string cost = row.text(7);
  return {.id = row.integer(0),
          .shape = row.text(1),
          .analyzed = row.integer(2) != 0,
          .version = row.text(3),
          .firstSeen = row.text(4),
          .lastSeen = row.text(5),
          .count = row.integer(6),
          .totalCost = cost.empty() ? std::nullopt : std::optional(std::atof(cost.c_str())),
          .executionMs = median(timesIn(row.view(8))),
          .pinned = row.integer(9) != 0};
}

Error gone() {
  return {.code = ErrorCode::invalidParams,
          .message = "this plan is not kept any more",
          .hint = "explain the statement again"};
}

}  // namespace

Result<std::string> planFile() { return dataFile("plans.db", "MYDBA_PLAN_FILE"); }

Result<PlanStore> PlanStore::open(const std::string& path) {
  auto database = Database::open(path);
  if (!database) return database.error();
  const auto made =
      database->execute(std::string(embeddedFile("native/src/store/sql/plan_schema.sql")));
  if (!made) return made.error();
  return PlanStore(std::move(*database));
}

Result<std::vector<PlanRecord>> PlanStore::records(const PlanKey& key) {
  auto rows = database_.prepare(
      "SELECT id, shape, analyzed, version, first_seen, last_seen, count, cost, times, pinned "
      "FROM plan WHERE connection = ? AND fingerprint = ? ORDER BY last_seen DESC, id DESC");
  if (!rows) return rows.error();
  rows->bind(1, key.connection).bind(2, key.fingerprint);
  std::vector<PlanRecord> records;
  auto more = rows->step();
  for (; more && *more; more = rows->step()) records.push_back(recordAt(*rows));
  if (!more) return more.error();
  return records;
}

Result<std::string> PlanStore::timesWith(const PlanKey& key, const std::string& shape, double ms) {
  auto row = database_.prepare(
      "SELECT times FROM plan WHERE connection = ? AND fingerprint = ? AND shape = ? AND analyzed");
  if (!row) return row.error();
  row->bind(1, key.connection).bind(2, key.fingerprint).bind(3, shape);
  const auto found = row->step();
  if (!found) return found.error();
  std::vector<double> times = *found ? timesIn(row->view(0)) : std::vector<double>();
  times.push_back(ms);
  if (times.size() > keptTimes) times.erase(times.begin());
  return rpc::Json(times).dump();
}

Result<void> PlanStore::add(const PlanKey& key, const protocol::PlanTree& tree) {
  const std::string shape = plan::shapeOf(tree);
  const auto ms = tree.executionMs ? tree.executionMs : tree.root.totalMs;
  std::string times = "[]";
  if (tree.analyzed && ms) {
    const auto all = timesWith(key, shape, *ms);
    if (!all) return all.error();
    times = *all;
  }
  auto row = database_.prepare(
      "INSERT INTO plan (connection, fingerprint, shape, analyzed, version, first_seen, last_seen, "
      "count, cost, times, pinned, tree) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, 1, ?7, ?8, 0, ?9) "
      "ON CONFLICT DO UPDATE SET version = ?5, last_seen = ?6, count = count + 1, cost = ?7, "
      "times = ?8, tree = ?9");
  if (!row) return row.error();
  const std::string kept = protocol::encode(plan::withoutValues(tree)).dump();
  row->bind(1, key.connection).bind(2, key.fingerprint).bind(3, shape);
  row->bind(4, static_cast<std::int64_t>(tree.analyzed)).bind(5, tree.version);
  row->bind(6, utcNowWithMilliseconds());
  row->bind(7, tree.root.totalCost ? number(*tree.root.totalCost) : "")
      .bind(8, times)
      .bind(9, kept);
  if (const auto done = finish(*row); !done) return done;
  return database_.execute(
      "DELETE FROM plan WHERE id IN (SELECT id FROM plan WHERE NOT pinned "
      "ORDER BY last_seen DESC LIMIT -1 OFFSET 5000)");
}

Result<protocol::PlanTree> PlanStore::recall(std::int64_t id) {
  auto row = database_.prepare("SELECT tree FROM plan WHERE id = ?");
  if (!row) return row.error();
  row->bind(1, id);
  const auto found = row->step();
  if (!found) return found.error();
  if (!*found) return gone();
  protocol::PlanTree tree;
  rpc::DecodePath path("plans.db tree");
  if (!protocol::decode(rpc::Json::parse(row->view(0), nullptr, false), tree, path))
    return Error{.code = ErrorCode::io, .message = path.failure()};
  return tree;
}

Result<void> PlanStore::pin(std::int64_t id, bool pinned) {
  auto row = database_.prepare("UPDATE plan SET pinned = ? WHERE id = ? RETURNING id");
  if (!row) return row.error();
  row->bind(1, static_cast<std::int64_t>(pinned)).bind(2, id);
  const auto found = row->step();
  if (!found) return found.error();
  return *found ? Result<void>() : Result<void>(gone());
}

}  // namespace mydba::store
