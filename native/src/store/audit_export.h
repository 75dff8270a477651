#pragma once

// The audit log as text for other programs.
//
// CSV is RFC 4180: CRLF is not needed by any reader we know, so lines end with LF; a cell with a
// comma, a quote, CR or LF is quoted. Spreadsheets run a cell that begins with = + - @ (also in
// their full-width forms), a tab or CR as a formula, and statements come from anybody. Such a text
// gets an apostrophe before it, which spreadsheets take as "text follows". A text that begins with
// an apostrophe gets one more, so nothing is lost: take one leading apostrophe off, where there is
// one, and what is left is what was entered (owasp.org/www-community/attacks/CSV_Injection).

#include <string>

#include "types.h"

namespace mydba::store {

/// The line of column names, with its line end.
std::string auditCsvHead();
/// A line, with its line end.
std::string auditCsvLine(const protocol::AuditEntry& entry);
/// `text` as a cell of CSV.
std::string csvCell(std::string_view text);

/// An export that grows until `mostBytes` are reached.
class AuditText {
 public:
  AuditText(protocol::AuditFormat format, std::size_t mostBytes);
  /// False when the entry does not fit any more.
  bool add(const protocol::AuditEntry& entry);
  /// The whole text, once.
  std::string finish();

 private:
  const protocol::AuditFormat format_;
  const std::size_t mostBytes_;
  std::string text_;
  bool first_ = true;
};

}  // namespace mydba::store
