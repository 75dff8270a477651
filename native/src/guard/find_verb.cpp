#include "guard/examine.h"

namespace mydba::guard {
namespace {

using Kind = sql::StatementKind;

bool carriesPrepared(const sql::Statement& statement) {
  for (const auto& code : statement.code)
    if (code.origin == sql::CarriedCode::Origin::prepared) return true;
  return false;
}

/// Statements without a kind of their own, by their first word.
void findOther(const Subject& subject, Findings& out) {
  const sql::Statement& statement = subject.statement;
  // What they prepare or declare is judged by itself.
  if (statement.explained || carriesPrepared(statement)) return;
  const Check* effect = subject.knowledge.find("verb", statement.verb);
  out.add(effect ? *effect : *findCheck("not-understood"), statement.verb, 0);
}

/// EXPLAIN that executes: its changes are found as such, everything else it runs is unknown.
void findExplained(const sql::Statement& statement, Findings& out) {
  if (statement.analyzes && statement.changes.empty() &&
      statement.explained.value_or(Kind::unknown) != Kind::select)
    out.add("explain-runs");
}

}  // namespace

void findVerb(const Subject& subject, Findings& out) {
  const sql::Statement& statement = subject.statement;
  switch (statement.kind) {
    case Kind::grant:
    case Kind::revoke: return out.add("privileges", statement.verb);
    case Kind::call: return out.add("call", statement.verb);
    case Kind::commit:
    case Kind::rollback: return out.add(statement.twoPhase ? "prepared" : "session");
    case Kind::use:
    case Kind::begin:
    case Kind::savepoint: return out.add("session");
    case Kind::explain: return findExplained(statement, out);
    case Kind::execute: return out.add("do");
    case Kind::load:
      if (statement.files.empty()) out.add("programs", statement.verb);
      return;
    case Kind::handler: return out.add("locks", statement.verb);
    case Kind::lock:
      return out.add(statement.verb == "unlock" ? "session" : "locks", statement.verb);
    case Kind::analyze:
      return statement.analyzes ? findExplained(statement, out)
                                : out.add("maintenance", statement.verb);
    case Kind::vacuum: return out.add("maintenance", statement.verb);
    case Kind::attach:
      if (statement.files.empty()) findOther(subject, out);
      return;
    case Kind::copy:
      if (statement.files.empty()) out.add("not-understood", statement.verb);
      return;
    case Kind::other:
    case Kind::unknown: return findOther(subject, out);
    default: return;  // the other readers say it
  }
}

}  // namespace mydba::guard
