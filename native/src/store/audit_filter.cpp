#include "store/audit_filter.h"

#include <algorithm>

#include "codec.h"
#include "sql/keyword.h"
#include "store/audit_chain.h"

namespace mydba::store {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

bool wanted(protocol::AuditOutcome outcome, const std::optional<std::string>& text) {
  switch (outcome) {
    case protocol::AuditOutcome::open: return !text;
    case protocol::AuditOutcome::done: return text == "done";
    case protocol::AuditOutcome::refused: return text == "refused" || text == "rolledBack";
    case protocol::AuditOutcome::failed: break;
  }
  return text && text != "done" && text != "refused" && text != "rolledBack";
}

/// The same of a body as it is stored.
bool couldEnd(protocol::AuditOutcome outcome, std::string_view body) {
  const auto says = [body](std::string_view text) {
    return body.find(text) != std::string_view::npos;
  };
  const bool ended = says("\"outcome\":");
  const bool done = says("\"outcome\":\"done\"");
  const bool refused = says("\"outcome\":\"refused\"") || says("\"outcome\":\"rolledBack\"");
  switch (outcome) {
    case protocol::AuditOutcome::open: return !ended;
    case protocol::AuditOutcome::done: return done;
    case protocol::AuditOutcome::refused: return refused;
    case protocol::AuditOutcome::failed: break;
  }
  return ended && !done && !refused;
}

/// `"actor":"chat"`
std::string member(std::string_view name, std::string_view value) {
  return '"' + std::string(name) + "\":\"" + std::string(value) + '"';
}

}  // namespace

bool holds(std::string_view text, std::string_view lowered) {
  return std::search(text.begin(), text.end(), lowered.begin(), lowered.end(),
                     [](char a, char b) { return lower(a) == b; }) != text.end() ||
         lowered.empty();
}

AuditMatcher::AuditMatcher(protocol::AuditFilter filter)
    : filter_(std::move(filter)),
      text_(sql::lowerCase(filter_.text.value_or(""))),
      connection_(sql::lowerCase(filter_.connection.value_or(""))) {
  const auto inJson = [](const std::string& text) {
    const std::string quoted = rpc::writeJson(rpc::Json(text));
    return quoted.substr(1, quoted.size() - 2);
  };
  inBody_ = inJson(text_);
  inConnection_ = inJson(connection_);
}

bool AuditMatcher::couldMatch(std::string_view body, std::string_view ending) const {
  const auto time = timeOf(body);
  if (filter_.from && time < *filter_.from) return false;
  if (filter_.until && time >= *filter_.until) return false;
  if (filter_.actor &&
      body.find(member("actor", protocol::name(*filter_.actor))) == std::string_view::npos)
    return false;
  if (filter_.action &&
      body.find(member("action", protocol::name(*filter_.action))) == std::string_view::npos)
    return false;
  if (!connection_.empty() && !holds(body, inConnection_)) return false;
  if (filter_.outcome && !couldEnd(*filter_.outcome, ending.empty() ? body : ending)) return false;
  return inBody_.empty() || holds(body, inBody_) || holds(ending, inBody_);
}

bool AuditMatcher::matches(const protocol::AuditEntry& entry) const {
  if (filter_.outcome && !wanted(*filter_.outcome, entry.outcome)) return false;
  if (!holds(entry.connection, connection_)) return false;
  if (text_.empty()) return true;
  for (const auto* text :
       {&entry.kind, &entry.variable, &entry.sql, &entry.fingerprint, &entry.outcome})
    if (*text && holds(**text, text_)) return true;
  if (entry.removed && holds(entry.removed->reason, text_)) return true;
  if (entry.verdict && holds(protocol::name(*entry.verdict), text_)) return true;
  if (entry.confirmed && holds(protocol::name(*entry.confirmed), text_)) return true;
  return holds(entry.connection, text_) || holds(entry.time, text_) ||
         holds(protocol::name(entry.actor), text_) || holds(protocol::name(entry.action), text_);
}

}  // namespace mydba::store
