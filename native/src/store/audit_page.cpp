// Reading the log. A page goes from the newest entry back, so an ending is met before its
// beginning and kept until then; only one that lies in a page before is asked for by the index.

#include <algorithm>
#include <limits>
#include <unordered_map>

#include "store/audit_chain.h"
#include "store/audit_filter.h"
#include "store/audit_log.h"

namespace mydba::store {
namespace {

constexpr std::int64_t cancelStep = 1024;

/// A beginning with what its ending adds.
Result<protocol::AuditEntry> merged(std::string_view body, std::string_view ending) {
  auto entry = readEntry(body);
  if (!entry || ending.empty()) return entry;
  const auto end = readEntry(ending);
  if (!end) return end;
  entry->outcome = end->outcome;
  entry->rows = end->rows;
  entry->elapsedMs = end->elapsedMs;
  return entry;
}

/// Only these have an ending of their own.
bool canBeOpen(std::string_view body) {
  return body.find("\"outcome\":") == std::string_view::npos;
}

}  // namespace

Result<std::vector<protocol::AuditEntry>> AuditLog::list(std::string_view text,
                                                         std::optional<std::int64_t> limit) {
  // instr() takes the text as it is; LIKE would read % and _ in it.
  auto statement = database_.prepare(
      "SELECT body FROM entry WHERE ?2 = '' OR instr(lower(body), lower(?2)) > 0"
      " ORDER BY seq DESC LIMIT ?1");
  if (!statement) return statement.error();
  statement->bind(1, limit.value_or(-1)).bind(2, text);
  std::vector<protocol::AuditEntry> entries;
  for (;;) {
    const auto row = statement->step();
    if (!row) return row.error();
    if (!*row) break;
    auto entry = readEntry(statement->view(0));
    if (!entry) return entry.error();
    entries.push_back(std::move(*entry));
  }
  std::reverse(entries.begin(), entries.end());
  return entries;
}

Result<AuditLog::Page> AuditLog::page(const protocol::AuditFilter& filter,
                                      std::optional<std::int64_t> before, std::size_t limit,
                                      const CancelToken& cancel) {
  const AuditMatcher matcher(filter);
  auto statement = database_.prepare("SELECT seq, body FROM entry WHERE seq < ? ORDER BY seq DESC");
  if (!statement) return statement.error();
  statement->bind(1, before.value_or(std::numeric_limits<std::int64_t>::max()));
  std::unordered_map<std::int64_t, std::string> endings;
  Page page;
  for (std::int64_t count = 1;; ++count) {
    const auto row = statement->step();
    if (!row) return row.error();
    if (!*row) return page;
    if (count % cancelStep == 0 && cancel.cancelled()) return cancel.error();
    const std::int64_t seq = statement->integer(0);
    const auto body = statement->view(1);
    if (const auto began = beganOf(body); began > 0) {
      endings.emplace(began, body);
      continue;
    }
    std::string ending;
    if (auto known = endings.extract(seq)) {
      ending = std::move(known.mapped());
    } else if (before && canBeOpen(body)) {
      const auto found = endingOf(seq);
      if (!found) return found.error();
      ending = found->value_or("");
    }
    if (!matcher.couldMatch(body, ending)) continue;
    auto entry = merged(body, ending);
    if (!entry) return entry.error();
    if (!matcher.matches(*entry)) continue;
    if (page.entries.size() == limit) {
      page.next = page.entries.back().seq;
      return page;
    }
    page.entries.push_back(std::move(*entry));
  }
}

Result<std::optional<std::string>> AuditLog::endingOf(std::int64_t seq) {
  auto statement = database_.prepare(
      "SELECT body FROM ending JOIN entry ON entry.seq = ending.seq WHERE ending.began = ?");
  if (!statement) return statement.error();
  statement->bind(1, seq);
  const auto row = statement->step();
  if (!row) return row.error();
  if (!*row || beganOf(statement->view(0)) != seq) return std::optional<std::string>();
  return std::optional(statement->text(0));
}

}  // namespace mydba::store
