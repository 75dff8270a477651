#pragma once

// For the tests of Preflight: what a connection says of a statement, and whether its inverse really
// takes it back.

#include <string>
#include <string_view>
#include <vector>

#include "base/wait.h"
#include "engines/engine.h"
#include "engines/subject.h"
#include "guard/judge.h"
#include "guard/question.h"
#include "native/catch.h"
#include "native/guard/unchecked.h"
#include "sql/splitter.h"

namespace mydba::test {

using Sentences = std::vector<std::string>;

/// True when one of them has this part.
inline bool contains(const Sentences& sentences, std::string_view part) {
  for (const std::string& sentence : sentences)
    if (sentence.find(part) != sentence.npos) return true;
  UNSCOPED_INFO("not found: " << part);
  for (const std::string& sentence : sentences) UNSCOPED_INFO(sentence);
  return false;
}

/// Rows as text, cells joined by `|`.
class TextSink : public RowSink {
 public:
  std::vector<std::string> rows;

  bool begin(std::span<const protocol::Column>) override { return true; }
  bool row(std::span<const Cell> cells) override {
    std::string text;
    for (const Cell& cell : cells) {
      if (&cell != cells.data()) text += '|';
      text += cell.isNull() ? "NULL" : cell.text();
    }
    rows.push_back(std::move(text));
    return true;
  }
  void end(const ResultSetEnd&) override {}
  void notice(std::string_view, std::string_view) override {}
};

/// One server with a connection to it.
class Foreseen {
 public:
  explicit Foreseen(const contract::Subject& subject)
      : dialect_(*sql::findDialect(subject.engine->descriptor().dialect)) {
    auto connection = subject.connect();
    if (!connection) FAIL(connection.error().message);
    connection_ = std::move(*connection);
    REQUIRE(connection_->preflight());
  }

  Connection& connection() { return *connection_; }
  const sql::Dialect& dialect() const { return dialect_; }

  Result<void> attempt(std::string_view statement, RowSink& sink) {
    return connection_->run(unchecked(statement), sink, {});
  }
  /// Runs every statement of a text; all must succeed.
  std::vector<std::string> run(std::string_view text) {
    TextSink sink;
    for (const auto& range : sql::split(text, dialect_)) {
      const std::string statement(text.substr(range.start, range.end - range.start));
      INFO(statement);
      const auto done = attempt(statement, sink);
      if (!done) FAIL(done.error().message);
    }
    return sink.rows;
  }
  guard::Impact impact(std::string_view text) {
    auto impact = connection_->preflight()->impact(sql::readStatement(text, dialect_), text, {});
    INFO(text);
    if (!impact) FAIL(impact.error().message);
    return *impact;
  }
  /// The sentences of the question.
  Sentences sentences(std::string_view text) {
    const auto statement = sql::readStatement(text, dialect_);
    return guard::questionOf(statement, guard::judgeStatement(text, dialect_, {}), impact(text))
        .impact;
  }
  std::optional<protocol::Undo> undo(std::string_view text) {
    auto undo = connection_->preflight()->inverse(sql::readStatement(text, dialect_), text, {});
    INFO(text);
    if (!undo) FAIL(undo.error().message);
    return *undo;
  }
  /// Runs a statement and then its inverse: `dump` must read the same before and after, and
  /// something else between.
  void takesBack(std::string_view statement, std::string_view dump) {
    INFO(statement);
    const auto before = run(dump);
    const auto undo = this->undo(statement);
    REQUIRE(undo);
    INFO(undo->sql);
    CHECK(run(dump) == before);
    run(statement);
    CHECK(run(dump) != before);
    run(undo->sql);
    CHECK(run(dump) == before);
  }

 private:
  const sql::Dialect& dialect_;
  std::unique_ptr<Connection> connection_;
};

/// Every server of a dialect that the environment names.
inline std::vector<contract::Subject> subjectsOf(std::string_view dialect) {
  std::vector<contract::Subject> found;
  for (auto& subject : contract::subjects())
    if (subject.engine->descriptor().dialect == dialect) found.push_back(std::move(subject));
  if (found.empty()) WARN("SKIPPED: the environment names no server of the dialect " << dialect);
  return found;
}

}  // namespace mydba::test
