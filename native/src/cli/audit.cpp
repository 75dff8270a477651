#include <unistd.h>

#include <array>
#include <cstdio>

#include "cli/flags.h"
#include "cli/report.h"
#include "cli/row_writer.h"
#include "codec.h"
#include "store/audit_export.h"
#include "store/audit_log.h"

namespace mydba::cli {
namespace {

using protocol::AuditEntry;

constexpr std::int64_t listedEntries = 100;

std::string number(const std::optional<std::int64_t>& value) {
  return value ? std::to_string(*value) : std::string();
}

std::string milliseconds(const std::optional<double>& value) {
  if (!value) return {};
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f", *value);
  return text.data();
}

void writeCsv(const std::vector<AuditEntry>& entries) {
  Output out(STDOUT_FILENO);
  out.add(store::auditCsvHead());
  for (const AuditEntry& entry : entries) out.add(store::auditCsvLine(entry));
  out.flush();
}

void writeTable(const std::vector<AuditEntry>& entries) {
  Output out(STDOUT_FILENO);
  const auto writer = makeRowWriter("table", out, sql::genericDialect(), "audit");
  std::vector<protocol::Column> columns;
  for (const char* name : {"seq", "time", "actor", "action", "connection", "kind", "outcome",
                           "rows", "elapsedMs", "began", "fingerprint", "sql"})
    columns.push_back({.name = name, .type = "text", .kind = protocol::ColumnKind::text});
  writer->begin(columns);
  for (const AuditEntry& entry : entries) {
    const std::array<std::string, 12> texts = {std::to_string(entry.seq),
                                               entry.time,
                                               std::string(name(entry.actor)),
                                               std::string(name(entry.action)),
                                               entry.connection,
                                               entry.kind.value_or(""),
                                               entry.outcome.value_or("begins"),
                                               number(entry.rows),
                                               milliseconds(entry.elapsedMs),
                                               number(entry.began),
                                               entry.fingerprint.value_or(""),
                                               entry.sql.value_or("")};
    std::array<Cell, 12> cells{};
    for (std::size_t i = 0; i < texts.size(); ++i) cells[i] = Cell::of(texts[i]);
    writer->row(cells);
  }
  writer->end();
  writer->finish("{}");
}

rpc::Json document(const std::vector<AuditEntry>& entries) {
  rpc::Json list = rpc::Json::array();
  for (const AuditEntry& entry : entries) list.push_back(protocol::encode(entry));
  return {{"entries", std::move(list)}};
}

Exit verify(store::AuditLog& log, bool json) {
  const auto verdict = log.verify();
  if (!verdict) return fail("audit verify", verdict.error(), json);
  if (json)
    printJson(protocol::encode(*verdict));
  else if (verdict->valid && verdict->removed)
    std::printf("valid: %lld entries; a retention let %lld older ones go\n",
                static_cast<long long>(verdict->entries),
                static_cast<long long>(*verdict->removed));
  else if (verdict->valid)
    std::printf("valid: %lld entries\n", static_cast<long long>(verdict->entries));
  else if (!verdict->brokenAt)
    std::printf("broken: %s\n", printable(verdict->reason.value_or("")).c_str());
  else
    std::printf("broken at entry %lld: %s\n", static_cast<long long>(verdict->brokenAt.value_or(0)),
                verdict->reason.value_or("").c_str());
  return verdict->valid ? Exit::done : Exit::findings;
}

Error wrongUsage() {
  return {.code = ErrorCode::invalidParams,
          .message = "wants list, search TEXT, verify or export",
          .hint = "mydba audit verify; mydba audit export --format csv"};
}

}  // namespace

Exit audit(Arguments arguments) {
  constexpr Flag flags[] = {{"file", true}, {"limit", true}, {"format", true}};
  const auto parsed = parseArguments(arguments, flags);
  if (!parsed) return fail("audit", parsed.error(), false);
  const bool json = parsed->has("json");
  const auto& words = parsed->positional;
  const std::string task = words.empty() ? "list" : words[0];
  const bool search = task == "search";
  if (words.size() > (search ? 2U : 1U) || (search && words.size() != 2) ||
      (!search && task != "list" && task != "verify" && task != "export"))
    return fail("audit", wrongUsage(), json);
  const std::string format = parsed->value("format").value_or(task == "export" ? "csv" : "table");
  if (format != "table" && format != "csv" && format != "json")
    return fail("audit",
                {.code = ErrorCode::invalidParams,
                 .message = "unknown format \"" + format + "\"",
                 .hint = "table, csv or json"},
                json);
  const std::string text = search ? words[1] : "";
  std::optional<std::int64_t> most;
  if (task != "export") most = listedEntries;
  if (const auto limit = parsed->value("limit")) {
    const auto count = parseCount(*limit, "limit");
    if (!count) return fail("audit", count.error(), json);
    most = *count;
  }
  const auto named = parsed->value("file");
  const auto path = named ? Result<std::string>(*named) : store::auditFile();
  if (!path) return fail("audit", path.error(), json);
  auto log = store::AuditLog::open(*path);
  if (!log) return fail("audit", log.error(), json);
  if (task == "verify") return verify(*log, json);
  const auto entries = log->list(text, most);
  if (!entries) return fail("audit", entries.error(), json);
  if (json || format == "json")
    printJson(document(*entries));
  else if (format == "csv")
    writeCsv(*entries);
  else
    writeTable(*entries);
  return Exit::done;
}

}  // namespace mydba::cli
