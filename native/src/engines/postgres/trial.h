#pragma once

// May a statement be run only to be measured?
//
// Everything that PostgreSQL does in a transaction it takes back, except what was never part of
// it: numbers taken from sequences ("nextval operations are never rolled back", manual, "Sequence
// Manipulation Functions"), session locks, files, other servers. Two things keep a trial from
// that:
//   - a statement that only reads runs where the server itself refuses nextval(), setval() and all
//     writes, whichever function hides them;
//   - what it would run is followed beforehand: functions that it calls, and, where it changes
//     rows, defaults, triggers, rules, checks and policies of the tables, their partitions, the
//     tables that cascades reach, and the code of all these. The catalogue says what there is,
//     a lexer which names code mentions. What cannot be followed (dynamic SQL, a library in C) is
//     a reason to refuse; a name that means two things is taken for the worse.
// Operators, casts and index expressions with such functions are not followed.

#include <string_view>

#include "engines/postgres/rolled_back.h"
#include "engines/postgres/session.h"

namespace mydba::postgres {

struct Trial {
  Aside how;
  bool runsCode = false;  ///< functions, triggers or rules with statements of their own
};

/// How to run the statement; `refused` with the reason, when a rollback would leave something
/// behind. Takes two seconds at most. Lane's thread.
Result<Trial> judgeTrial(Session& session, std::string_view sql, const CancelToken& cancel);

/// The same of the functions alone that a text calls.
Result<void> judgeCalls(Session& session, std::string_view sql, const CancelToken& cancel);

/// The error of a trial: a write that the server refused because the statement only reads is
/// `refused`, with the reason.
Error ofTrial(Error error, Aside how);

}  // namespace mydba::postgres
