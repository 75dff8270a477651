#include "store/audit_export.h"

#include <array>
#include <cstdio>
#include <initializer_list>

#include "codec.h"

namespace mydba::store {
namespace {

using protocol::AuditFormat;

template <typename Enum>
std::string nameOf(const std::optional<Enum>& value) {
  return value ? std::string(protocol::name(*value)) : std::string();
}

std::string numberText(const std::optional<std::int64_t>& value) {
  return value ? std::to_string(*value) : std::string();
}

std::string millisecondsText(const std::optional<double>& value) {
  if (!value) return {};
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.3f", *value);
  return text.data();
}

bool looksLikeFormula(std::string_view text) {
  for (const std::string_view start :
       {"'", "=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"})
    if (text.starts_with(start)) return true;
  return false;
}

}  // namespace

std::string csvCell(std::string_view text) {
  const std::string_view guard = looksLikeFormula(text) ? "'" : "";
  if (text.find_first_of(",\"\r\n\t") == std::string_view::npos)
    return std::string(guard).append(text);
  std::string cell = "\"";
  cell += guard;
  for (const char byte : text) {
    if (byte == '"') cell += '"';
    cell += byte;
  }
  return cell + '"';
}

std::string auditCsvHead() {
  return "seq,time,actor,action,connection,environment,kind,variable,sql,fingerprint,verdict,"
         "confirmed,began,outcome,rows,elapsedMs,removed\n";
}

std::string auditCsvLine(const protocol::AuditEntry& entry) {
  const std::string removed = entry.removed ? "through " + std::to_string(entry.removed->through) +
                                                  ", " + entry.removed->reason
                                            : std::string();
  std::string line;
  for (const std::string& text :
       {std::to_string(entry.seq), entry.time, std::string(protocol::name(entry.actor)),
        std::string(protocol::name(entry.action)), entry.connection, nameOf(entry.environment),
        entry.kind.value_or(""), entry.variable.value_or(""), entry.sql.value_or(""),
        entry.fingerprint.value_or(""), nameOf(entry.verdict), nameOf(entry.confirmed),
        numberText(entry.began), entry.outcome.value_or(""), numberText(entry.rows),
        millisecondsText(entry.elapsedMs), removed}) {
    line += csvCell(text);
    line += ',';
  }
  line.back() = '\n';
  return line;
}

AuditText::AuditText(AuditFormat format, std::size_t mostBytes)
    : format_(format),
      mostBytes_(mostBytes),
      text_(format == AuditFormat::csv ? auditCsvHead() : "{\"entries\":[") {}

bool AuditText::add(const protocol::AuditEntry& entry) {
  const std::string next = format_ == AuditFormat::csv
                               ? auditCsvLine(entry)
                               : (first_ ? "\n" : ",\n") + rpc::writeJson(protocol::encode(entry));
  if (text_.size() + next.size() > mostBytes_) return false;
  text_ += next;
  first_ = false;
  return true;
}

std::string AuditText::finish() {
  if (format_ == AuditFormat::json) text_ += "\n]}\n";
  return std::move(text_);
}

}  // namespace mydba::store
