// Running a statement so that nothing of it stays.
//
// A SELECT runs in a read-only transaction, which the server enforces for every storage engine, for
// stored functions and for sequences (error 1792). An INSERT, REPLACE, UPDATE or DELETE runs only
// when a transaction takes it back (take_back.h), when no function in it could do something else,
// and when it moves no counter: AUTO_INCREMENT (InnoDB: "InnoDB AUTO_INCREMENT Counter
// Initialization", MySQL manual: numbers that were rolled back are lost; an UPDATE of the column to
// a larger value is kept as well) and sequences, also as the default of a column. Everything else
// is refused.
//
// Inside the user's own transaction, which may write, nothing would stop a function of a SELECT:
// there only functions that are known to read are let through, and no views, which may hide one.

#include "engines/mysql/held_back.h"

#include <algorithm>

#include "base/embedded.h"
#include "engines/mysql/statement.h"
#include "engines/mysql/take_back.h"
#include "guard/knowledge.h"
#include "sql/keyword.h"

namespace mydba::mysql {
namespace {

Error refusal(std::string message) {
  return {.code = ErrorCode::refused,
          .message = std::move(message),
          .hint = "explain it without measuring"};
}

bool isRead(std::string_view command) {
  return command == "SELECT" || command == "TABLE" || command == "VALUES";
}

/// `NEXT VALUE FOR s`, NEXTVAL(s), SETVAL(s, 1), s.nextval.
bool movesSequence(const std::vector<Token>& list) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (isWord(list[i], "NEXTVAL") || isWord(list[i], "SETVAL")) return true;
    if (i + 2 < list.size() && isWord(list[i], "NEXT") && isWord(list[i + 1], "VALUE") &&
        isWord(list[i + 2], "FOR"))
      return true;
  }
  return false;
}

/// True when an UPDATE assigns to a column of this name, of whichever table.
bool assigns(const std::vector<Token>& list, std::string_view column) {
  bool behindSet = false;
  for (std::size_t i = 0; i + 1 < list.size(); ++i) {
    if (list[i].depth == 0 && isWord(list[i], "SET")) behindSet = true;
    if (!behindSet) continue;
    const bool named =
        (list[i].kind == Token::Kind::word || list[i].kind == Token::Kind::quotedName) &&
        sql::upperCase(unquoted(list[i])) == sql::upperCase(std::string(column));
    if (named && list[i].depth == 0 && (list[i + 1].text == "=" || list[i + 1].text == ":"))
      return true;
    if (isWord(list[i], "WHERE") && list[i].depth == 0) return false;
  }
  return false;
}

class Measuring {
 public:
  Measuring(Session& session, std::string_view sql, const CancelToken& cancel)
      : session_(session),
        cancel_(cancel),
        dialect_(*sql::findDialect(session.flavour().id)),
        statement_(sql::readStatement(sql, dialect_)),
        tokens_(tokens(sql)),
        command_(command(sql)) {}

  Result<HeldBack> check() {
    if (!statement_.parameters.empty())
      return refusal("this statement has placeholders, and invented values never run");
    if (!isRead(command_)) {
      const auto safe = change();
      return safe ? Result<HeldBack>(HeldBack::rolledBack) : safe.error();
    }
    if (std::any_of(tokens_.begin(), tokens_.end(), [](auto& t) { return isWord(t, "INTO"); }))
      return refusal("a SELECT … INTO writes what no transaction can take back");
    const bool protectedByServer =
        !session_.inTransaction() ||
        (session_.handle()->server_status & SERVER_STATUS_IN_TRANS_READONLY) != 0;
    if (protectedByServer) return HeldBack::readOnly;
    const auto safe = readInTransaction();
    return safe ? Result<HeldBack>(HeldBack::readOnly) : safe.error();
  }

 private:
  Result<void> change() {
    if (command_ != "INSERT" && command_ != "REPLACE" && command_ != "UPDATE" &&
        command_ != "DELETE")
      return refusal("measuring would run this statement, and it cannot be rolled back");
    const bool plain = statement_.complete && !statement_.dependsOnMode &&
                       std::any_of(statement_.tables.begin(), statement_.tables.end(),
                                   [](const sql::TableUse& use) { return use.written; });
    if (!plain) return refusal("it is not plain to see which tables the statement changes");
    if (const auto safe = functionsRead(); !safe) return safe;
    const auto safe = canTakeBack(session_, statement_, cancel_);
    if (!safe)
      return safe.error().code == ErrorCode::refused ? refusal(safe.error().message) : safe.error();
    return countersStay();
  }

  Result<void> functionsRead() const {
    if (movesSequence(tokens_)) return refusal("it moves a sequence, which no rollback sets back");
    const auto& knowledge = guard::Knowledge::of(dialect_);
    for (const sql::FunctionUse& use : statement_.functions) {
      const auto* effect = knowledge.find("function", use.function.name);
      if (!use.function.schema.empty() || !effect || effect->id != "read")
        return refusal("what the function " + use.function.name +
                       " does may not be taken back by a rollback");
    }
    return {};
  }

  Result<void> readInTransaction() {
    if (const auto safe = functionsRead(); !safe)
      return Error{.code = ErrorCode::refused,
                   .message = safe.error().message,
                   .hint = "end your transaction first: then it runs in a read-only one"};
    for (const sql::TableUse& use : statement_.tables) {
      const auto type = facts("table_type", use.table);
      if (!type) return type.error();
      if (!type->empty() && type->front()[1].value_or("").find("VIEW") != std::string::npos)
        return Error{.code = ErrorCode::refused,
                     .message = "the view " + use.table.name + " may call functions that write",
                     .hint = "end your transaction first: then it runs in a read-only one"};
    }
    return {};
  }

  Result<void> countersStay() {
    for (const sql::TableUse& use : statement_.tables) {
      if (!use.written || command_ == "DELETE") continue;
      const auto columns = facts("counters", use.table);
      if (!columns) return columns.error();
      for (const Row& row : *columns) {
        const std::string column = row[0].value_or("");
        const bool counter = row[1] == "1";
        if (command_ == "UPDATE" && !assigns(tokens_, column)) continue;
        return refusal(counter ? "it moves the AUTO_INCREMENT counter of " + use.table.name +
                                     ", which no rollback sets back"
                               : "the column " + column +
                                     " takes its values from a sequence, which no rollback sets "
                                     "back");
      }
    }
    return {};
  }

  Result<Rows> facts(std::string_view file, const sql::ObjectName& table) {
    std::string database = table.schema;
    if (database.empty()) {
      auto current = session_.database(cancel_);
      if (!current) return current.error();
      database = std::move(*current);
    }
    return session_.query(embeddedSql("mysql", file), {database, table.name}, cancel_);
  }

  Session& session_;
  const CancelToken& cancel_;
  const sql::Dialect& dialect_;
  sql::Statement statement_;
  std::vector<Token> tokens_;
  std::string command_;
};

}  // namespace

Result<HeldBack> mayMeasure(Session& session, std::string_view sql, const CancelToken& cancel) {
  auto how = Measuring(session, sql, cancel).check();
  if (how && session.holdsReadOnly()) return HeldBack::readOnly;
  return how;
}

Result<Holding> Holding::begin(Session& session, HeldBack how, const CancelToken& cancel) {
  const bool nested = session.inTransaction();
  const auto begun = session.query(nested                      ? "SAVEPOINT mydba_explain"
                                   : how == HeldBack::readOnly ? "START TRANSACTION READ ONLY"
                                                               : "START TRANSACTION",
                                   cancel);
  if (!begun) return begun.error();
  return Holding(session, nested);
}

Result<void> Holding::end() {
  if (!session_->alive()) return {};
  const auto undone =
      session_->query(nested_ ? "ROLLBACK TO SAVEPOINT mydba_explain" : "ROLLBACK", CancelToken{});
  if (!undone) return undone.error();
  if (nested_) static_cast<void>(session_->query("RELEASE SAVEPOINT mydba_explain", CancelToken{}));
  return {};
}

}  // namespace mydba::mysql
