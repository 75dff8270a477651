#include "engines/postgres/trial.h"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/embedded.h"
#include "engines/postgres/statement_effect.h"
#include "sql/alteration.h"
#include "sql/keyword.h"
#include "sql/lexer.h"

namespace mydba::postgres {
namespace {

using Names = std::set<std::string>;

constexpr std::chrono::seconds patience{2};
constexpr std::size_t mostTexts = 300;

// Bits of pg_trigger.tgtype.
constexpr int inserts = 4;
constexpr int deletes = 8;
constexpr int updates = 16;
constexpr int truncates = 32;

const sql::Dialect& dialect() { return *sql::findDialect("postgres"); }

Error refusal(std::string message) {
  return {.code = ErrorCode::refused,
          .message = std::move(message),
          .hint = "ask for the plan without running the statement"};
}

std::string jsonOf(const Names& names) {
  return nlohmann::json(names).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// What a text mentions.
struct Mentions {
  Names called;  ///< stands before a parenthesis, or behind a dot: `row.f` is a call, too
  Names names;
  int events = 0;
  bool dynamic = false;   ///< runs SQL that it puts together
  bool copies = false;    ///< says COPY
  bool defaults = false;  ///< says DEFAULT
  bool escaped = false;   ///< has a name that is not what stands there: `U&"d\0061t"`
};

std::string valueOf(const sql::Token& token, std::string_view text) {
  if (token.kind == sql::TokenKind::word) return sql::lowerCase(std::string(text));
  std::string value;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    value += text[i];
    if (text[i] == '"') ++i;
  }
  return value;
}

int eventsOf(std::string_view word) {
  if (word == "insert" || word == "copy") return inserts;
  if (word == "delete") return deletes;
  if (word == "update") return updates;
  if (word == "truncate") return truncates;
  // ON CONFLICT DO UPDATE says UPDATE itself.
  return word == "merge" ? inserts | deletes | updates : 0;
}

/// A name in Unicode escapes, whose escape character is only said behind it (UESCAPE).
bool isEscaped(std::string_view text, const sql::Token& token) {
  return token.kind == sql::TokenKind::quotedName && token.start >= 2 &&
         sql::isKeyword(text.substr(token.start - 2, 2), "U&");
}

Mentions mentionsOf(std::string_view text) {
  Mentions found;
  sql::Lexer lexer(text, dialect());
  std::string last;  // the name just before
  bool dotted = false;
  for (auto token = lexer.next(); token.kind != sql::TokenKind::end; token = lexer.next()) {
    if (token.kind == sql::TokenKind::comment) continue;
    const auto word = lexer.textOf(token);
    if (word == "(" && !last.empty()) found.called.insert(last);
    if (token.kind == sql::TokenKind::string && last == "do") found.dynamic = true;
    last.clear();
    if (token.kind == sql::TokenKind::word || token.kind == sql::TokenKind::quotedName) {
      last = valueOf(token, word);
      found.names.insert(last);
      found.escaped = found.escaped || isEscaped(text, token);
      if (dotted) found.called.insert(last);
      if (token.kind == sql::TokenKind::word) {
        found.events |= eventsOf(last);
        found.dynamic = found.dynamic || last == "execute";
        found.copies = found.copies || last == "copy";
        found.defaults = found.defaults || last == "default";
      }
    }
    dotted = word == ".";
  }
  return found;
}

/// The columns of `INSERT INTO t [AS a] (a, b)`, of a plain INSERT: they are given values.
Names givenColumns(std::string_view text, const sql::Statement& statement) {
  if (statement.kind != sql::StatementKind::insert || statement.changes.size() != 1) return {};
  sql::Lexer lexer(text, dialect());
  auto token = lexer.next();
  for (; token.kind != sql::TokenKind::end && lexer.textOf(token) != "("; token = lexer.next()) {
    const auto word = lexer.textOf(token);
    if (token.kind == sql::TokenKind::word &&
        (sql::isKeyword(word, "VALUES") || sql::isKeyword(word, "SELECT")))
      return {};
  }
  Names columns;
  for (token = lexer.next(); token.kind != sql::TokenKind::end; token = lexer.next()) {
    const auto word = lexer.textOf(token);
    if (word == ")") return columns;
    if (word == "(" || sql::isKeyword(word, "SELECT")) return {};
    if (token.kind == sql::TokenKind::word || token.kind == sql::TokenKind::quotedName)
      columns.insert(valueOf(token, word));
  }
  return {};
}

/// Follows what a statement runs. An error is the reason not to.
class Search {
 public:
  Search(Session& session, const CancelToken& cancel) : session_(session), cancel_(cancel) {}

  Result<void> follow(std::string_view sql) {
    const auto statement = sql::readStatement(sql, dialect());
    const auto said = mentionsOf(sql);
    if (const auto known = functions(said); !known) return known;
    Names changed;
    Names read;
    for (const auto& use : statement.tables)
      (use.written ? changed : read)
          .insert(sql::writtenName(sql, use.table.position, dialect()).text);
    if (statement.verb == "execute")
      if (const auto known = prepared(said.names); !known) return known;
    const auto given = said.defaults ? Names{} : givenColumns(sql, statement);
    const int events = said.events | (said.defaults ? inserts : 0);
    if (const auto known = tables(changed, read, {}, changed.empty() ? 0 : events, given); !known)
      return known;
    return followQueue();
  }

  Result<void> followCalls(std::string_view sql) {
    if (const auto known = functions(mentionsOf(sql)); !known) return known;
    return followQueue();
  }

  bool foundCode() const {
    return std::any_of(queue_.begin(), queue_.end(), [](const Pending& one) { return one.code; });
  }

 private:
  struct Pending {
    std::string name;
    std::string text;
    bool code = false;  ///< statements, which use tables; else an expression
  };

  Result<void> followQueue() {
    for (std::size_t at = 0; at < queue_.size(); ++at) {
      if (at == mostTexts) return refusal("it runs too much code to be looked through");
      const Pending next = queue_[at];
      const auto said = mentionsOf(next.text);
      if (next.code && said.dynamic)
        return refusal(next.name + " runs SQL that it puts together, which cannot be foreseen");
      if (next.code && said.copies)
        return refusal(next.name + " runs COPY, which can write files and run programs");
      if (const auto known = functions(said); !known) return known;
      if (!next.code) continue;
      if (const auto known = tables({}, {}, said.names, said.events, {}); !known) return known;
    }
    return {};
  }

  void enqueue(const Rows& rows, int row, bool code) {
    Pending pending{.name = rows.text(row, rows.column("name")),
                    .text = rows.text(row, rows.column("text")),
                    .code = code};
    if (seen_.insert(pending.name + ": " + pending.text).second)
      queue_.push_back(std::move(pending));
  }

  Result<void> take(const Rows& rows) {
    for (int row = 0; row < rows.count(); ++row) {
      const auto kind = rows.view(row, rows.column("kind"));
      const auto name = rows.text(row, rows.column("name"));
      if (kind == "effect") return refusal(name + " does what a rollback does not take back");
      if (kind == "sequence")
        return refusal("a new row takes a number for " + name +
                       " from its sequence, which a rollback does not give back");
      if (kind == "opaque") return refusal("what " + name + " does cannot be foreseen");
      if (kind == "foreign")
        return refusal(name + " is on another server, where sequences and triggers may be");
      enqueue(rows, row, kind == "code");
    }
    return {};
  }

  /// What EXECUTE stands for runs where the server refuses writes, which is not all.
  Result<void> prepared(const Names& names) {
    const auto rows =
        session_.query(embeddedSql("postgres", "trial_prepared"), {jsonOf(names)}, cancel_, end_);
    if (!rows) return rows.error();
    for (int row = 0; row < rows->count(); ++row)
      if (const auto known = functions(mentionsOf(rows->view(row, 0))); !known) return known;
    return {};
  }

  Result<void> functions(const Mentions& said) {
    if (said.escaped) return refusal("it has a name in Unicode escapes, which are not read here");
    Names fresh;
    for (const auto& name : said.called)
      if (functions_.insert(name).second) fresh.insert(name);
    if (fresh.empty()) return {};
    const auto rows =
        session_.query(embeddedSql("postgres", "trial_functions"), {jsonOf(fresh)}, cancel_, end_);
    return rows ? take(*rows) : rows.error();
  }

  Result<void> tables(const Names& changed, const Names& read, const Names& mentioned, int events,
                      const Names& given) {
    if (changed.empty() && read.empty() && mentioned.empty()) return {};
    const auto rows = session_.query(
        embeddedSql("postgres", "trial_tables"),
        {jsonOf(changed), jsonOf(read), jsonOf(mentioned), std::to_string(events), jsonOf(given)},
        cancel_, end_);
    return rows ? take(*rows) : rows.error();
  }

  Session& session_;
  const CancelToken& cancel_;
  const Clock::time_point end_ = Clock::now() + patience;
  Names functions_;
  Names seen_;
  std::vector<Pending> queue_;
};

}  // namespace

Result<Trial> judgeTrial(Session& session, std::string_view sql, const CancelToken& cancel) {
  // EXECUTE: whatever it stands for.
  const bool reads = onlyReads(sql) || sql::readStatement(sql, dialect()).verb == "execute";
  Search search(session, cancel);
  const auto safe = rolledBack(session, Aside::reads, cancel, [&] { return search.follow(sql); });
  if (safe)
    return Trial{.how = reads ? Aside::reads : Aside::writes, .runsCode = search.foundCode()};
  Error error = safe.error();
  error.position.reset();
  return error;
}

Result<void> judgeCalls(Session& session, std::string_view sql, const CancelToken& cancel) {
  return rolledBack(session, Aside::reads, cancel,
                    [&] { return Search(session, cancel).followCalls(sql); });
}

Error ofTrial(Error error, Aside how) {
  constexpr std::string_view readOnlyTransaction = "25006";
  if (how != Aside::reads || error.engineCode != readOnlyTransaction) return error;
  // Without the server's code: the transaction reads only because this program made it so.
  return refusal("a function that it calls writes: " + error.message);
}

}  // namespace mydba::postgres
