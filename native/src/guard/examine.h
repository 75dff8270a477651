#pragma once

// From what a statement is (sql/statement.h) to what the guard finds in it.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "guard/checks.h"
#include "guard/knowledge.h"
#include "guard/policy.h"
#include "sql/statement.h"

namespace mydba::guard {

struct Finding {
  const Check* check = nullptr;
  std::string detail;        ///< what the check's `{}` stands for
  std::size_t position = 0;  ///< bytes into the statement
};

/// A statement as the readers below see it.
struct Subject {
  std::string_view text;
  const sql::Statement& statement;
  const sql::Dialect& dialect;
  const Knowledge& knowledge;
  const Policy& policy;
};

/// Collects what the readers find.
class Findings {
 public:
  /// `id` is a row of checks.cpp; `read` finds nothing.
  void add(std::string_view id, std::string detail = {}, std::size_t position = 0);
  void add(const Check& check, std::string detail, std::size_t position);
  std::vector<Finding> take() { return std::move(list_); }

 private:
  std::vector<Finding> list_;
};

/// Everything that is found in one statement; empty for a plain read. Code that a statement carries
/// as a text (PREPARE … FROM '…') is examined too.
std::vector<Finding> examine(std::string_view text, const sql::Statement& statement,
                             const sql::Dialect& dialect, const Policy& policy);

// The readers, one a subject: each looks at one part of a statement.
void findChanges(const Subject& subject, Findings& out);      ///< INSERT, UPDATE, DELETE, …
void findDefinitions(const Subject& subject, Findings& out);  ///< CREATE, ALTER, DROP, …
void findFunctions(const Subject& subject, Findings& out);
void findSettings(const Subject& subject, Findings& out);  ///< SET, RESET, PRAGMA
void findFiles(const Subject& subject, Findings& out);     ///< COPY, INTO OUTFILE, ATTACH
void findTables(const Subject& subject, Findings& out);    ///< tables with a meaning of their own
void findCode(const Subject& subject, Findings& out);      ///< PREPARE … FROM '…', DO $$…$$
void findCommand(const Subject& subject, Findings& out);   ///< of a dialect without SQL
void findVerb(const Subject& subject, Findings& out);      ///< what the kind alone says

}  // namespace mydba::guard
