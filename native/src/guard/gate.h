#pragma once

// The one door between what somebody wrote and a server.
//
// A connection runs and explains only a CheckedStatement, and only a Gate makes one: a text that
// was not judged does not compile. Whoever has a text (a page, the chat, a tool, the command line)
// goes text → JudgedStatement (nothing in the whole text is blocked) → CheckedStatement (what must
// be confirmed was confirmed). A person is asked through a callback of the caller, statement by
// statement, right before each runs; no request and no text carries a confirmation.
//
// The SQL that engines send for themselves (catalogue, process list, settings of the session) does
// not come through here: it is compiled in, and what a user chose is bound or quoted in it.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "guard/policy.h"
#include "guard/verdict.h"
#include "sql/dialect.h"
#include "types.h"

namespace mydba::guard {

/// How it was agreed to; `declined` when it was not.
using Confirmation = protocol::AuditConfirmation;

/// One statement of a text that was judged and has nothing in it that is blocked. It may still have
/// to be confirmed, so it cannot run.
class JudgedStatement {
 public:
  std::string_view text() const { return text_; }
  /// Bytes into the text that it is a part of.
  std::size_t start() const { return start_; }
  /// Its reasons count their position in the whole text.
  const Verdict& verdict() const { return verdict_; }

 private:
  friend class Gate;
  friend struct UncheckedStatement;
  JudgedStatement(std::string text, std::size_t start, Verdict verdict)
      : text_(std::move(text)), start_(start), verdict_(std::move(verdict)) {}

  std::string text_;
  std::size_t start_;
  Verdict verdict_;
};

/// A statement that may run: allowed, or confirmed.
class CheckedStatement {
 public:
  std::string_view text() const { return judged_.text(); }
  std::size_t start() const { return judged_.start(); }
  const Verdict& verdict() const { return judged_.verdict(); }
  /// Nothing when it did not have to be confirmed.
  std::optional<Confirmation> confirmation() const { return confirmation_; }

 private:
  friend class Gate;
  /// Only tests define it (tests/native/guard/unchecked.h): they prove what servers refuse by
  /// themselves.
  friend struct UncheckedStatement;
  CheckedStatement(JudgedStatement judged, std::optional<Confirmation> confirmation)
      : judged_(std::move(judged)), confirmation_(confirmation) {}

  JudgedStatement judged_;
  std::optional<Confirmation> confirmation_;
};

/// Asks a person whether a statement is to run. An error says that nobody could be asked.
using Confirm = std::function<Result<Confirmation>(const JudgedStatement&)>;

/// For one connection: its dialect, and what is allowed there. A value; any thread.
class Gate {
 public:
  Gate(const sql::Dialect& dialect, Policy policy) : dialect_(&dialect), policy_(policy) {}

  const Policy& policy() const { return policy_; }

  /// The statements of a text, in order; none of blanks and comments. `refused`, with the reasons
  /// and the way out, when any part of it is blocked: then nothing of it may run.
  Result<std::vector<JudgedStatement>> judge(std::string_view text) const;
  /// Lets a statement through. `confirm` is called when it must be confirmed; without one that is
  /// `refused`, as is what was declined.
  Result<CheckedStatement> admit(JudgedStatement statement, const Confirm& confirm) const;
  /// Of a statement that changes `rows` rows, or would: the same statement when that is within the
  /// limit; over it, it must be confirmed, and in production is `refused`.
  Result<JudgedStatement> weigh(JudgedStatement statement, std::int64_t rows) const;
  /// A text whose plan is wanted: exactly one statement, else `invalidParams`. With `analyze` it
  /// is run, and so judged as what it is; without, as `EXPLAIN` of it, which is never asked
  /// about unless the text itself makes it run.
  Result<CheckedStatement> admitToExplain(std::string_view text, bool analyze,
                                          const Confirm& confirm) const;

 private:
  const sql::Dialect* dialect_;
  Policy policy_;
};

/// The reasons in one sentence, without a full stop: the first five, and how many more.
std::string sentence(const Verdict& verdict);

}  // namespace mydba::guard
