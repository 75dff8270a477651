#include "sql/statement.h"

#include <algorithm>
#include <utility>

#include "sql/command_line.h"
#include "sql/definition_reader.h"
#include "sql/keyword.h"
#include "sql/query_reader.h"
#include "sql/token_list.h"

namespace mydba::sql {
namespace {

using Kind = StatementKind;

/// Reads the verb and hands the rest to who knows it.
class StatementReader {
 public:
  StatementReader(const TokenList& tokens, const Dialect& dialect)
      : tokens_(tokens), dialect_(dialect) {}

  Statement read() {
    statement_.complete = tokens_.complete();
    statement_.dependsOnMode = tokens_.dependsOnMode();
    if (tokens_.lastComment().hasQuote) statement_.swallowedQuote = tokens_.lastComment().start;
    readVerb();
    readDetails();
    return std::move(statement_);
  }

 private:
  void readVerb() {
    const std::size_t at = tokens_.isSymbol(0, '(') ? tokens_.content(0) : 0;
    if (tokens_[at].kind != TokenKind::word) return;
    statement_.verb = tokens_.lower(at);
    if (tokens_.is(at, Keyword::with) || at > 0) {
      readQuery(0, true);
      statement_.kind = queryKind();
    } else {
      statement_.kind = kindAt(at);
      readRest(at);
    }
    statement_.kindName = kindName(statement_.kind);
  }

  /// Words that begin different statements.
  Kind kindAt(std::size_t at) const {
    const Kind kind = verbKind(tokens_.text(at));
    if (tokens_.isWord(at, "START") && !tokens_.is(at + 1, Keyword::transaction))
      return Kind::other;
    if (tokens_.isWord(at, "BEGIN") && tokens_.is(at + 1, Keyword::not_)) return Kind::execute;
    if (tokens_.isWord(at, "DROP") && tokens_.is(at + 1, Keyword::prepare)) return Kind::other;
    if (tokens_.isWord(at, "RESET") && resetsServer(at + 1)) return Kind::other;
    return kind;
  }

  /// What MySQL's RESET throws away; that of PostgreSQL sets variables.
  bool resetsServer(std::size_t at) const {
    for (const std::string_view word : {"MASTER", "SLAVE", "REPLICA", "QUERY", "BINARY"})
      if (tokens_.isWord(at, word)) return true;
    return false;
  }

  /// Of `WITH …` and `(…`, once it is read.
  Kind queryKind() const {
    for (const Change& change : statement_.changes)
      if (!change.nested) return change.kind;
    return mainVerb_ ? Kind::select : Kind::unknown;
  }

  void readQuery(std::size_t at, bool main) {
    QueryReader reader(tokens_, dialect_, statement_);
    reader.read(at, main);
    mainVerb_ = reader.sawQuery();
  }

  void readRest(std::size_t at) {
    switch (statement_.kind) {
      case Kind::select:
      case Kind::insert:
      case Kind::update:
      case Kind::remove:
      case Kind::replace:
      case Kind::merge: readQuery(at, true); return;
      case Kind::explain:
      case Kind::describe:
      case Kind::analyze: readExplain(at); return;
      case Kind::create: readCreate(at); return;
      case Kind::alter:
      case Kind::drop:
      case Kind::truncate:
      case Kind::rename: readAlter(at); return;
      case Kind::set: readSet(at); return;
      case Kind::begin: transactionModes(at + 1); return;
      case Kind::commit:
      case Kind::rollback: statement_.twoPhase = tokens_.isWord(at + 1, "PREPARED"); return;
      case Kind::copy: readCopy(at); return;
      case Kind::load: readLoad(at); return;
      case Kind::pragma: readPragma(at); return;
      case Kind::attach: readAttach(at); return;
      case Kind::vacuum: readVacuum(at); return;
      case Kind::execute: readDo(at); return;
      case Kind::call: readCall(at); return;
      case Kind::show: readQuery(at + 1, true); return;
      case Kind::lock: readLock(at); return;
      case Kind::handler:
      case Kind::use: takeTable(at + 1, false); return;
      case Kind::other: readOther(at); return;
      default: return;
    }
  }

  /// EXPLAIN, DESCRIBE, and ANALYZE of MariaDB with a statement behind.
  void readExplain(std::size_t at) {
    statement_.analyzes = statement_.kind == Kind::analyze;
    std::size_t inner = at + 1;
    for (;; ++inner) {
      if (isAnalyze(inner)) {
        statement_.analyzes = true;
      } else if (tokens_.isSymbol(inner, '(') && !startsStatement(inner)) {
        explainOptions(inner);
        inner = tokens_.partner(inner);
      } else if (tokens_.is(inner, Keyword::format)) {
        if (tokens_.isSymbol(inner + 1, '=')) ++inner;
        ++inner;
      } else if (!tokens_.is(inner, Keyword::verbose) && !tokens_.is(inner, Keyword::extended) &&
                 !tokens_.is(inner, Keyword::partitions) && !tokens_.is(inner, Keyword::query) &&
                 !tokens_.is(inner, Keyword::plan)) {
        break;
      }
    }
    const bool statistics = statement_.kind == Kind::analyze && tokens_.is(inner, Keyword::table);
    if (statistics || !startsStatement(inner)) {
      statement_.analyzes = false;
      // EXPLAIN FOR CONNECTION 5 names no table.
      if (!tokens_.is(inner, Keyword::for_)) takeTable(statistics ? inner + 1 : inner, false);
      return;
    }
    statement_.explained = innerKind(inner);
  }

  bool isAnalyze(std::size_t at) const {
    return tokens_.isWord(at, "ANALYZE") || tokens_.isWord(at, "ANALYSE");
  }

  /// `(ANALYZE, BUFFERS off)`; an option without a value is on.
  void explainOptions(std::size_t open) {
    for (std::size_t i = open + 1; i < tokens_.partner(open); ++i) {
      if (!isAnalyze(i)) continue;
      const std::string value = tokens_.value(i + 1);
      statement_.analyzes = !(isKeyword(value, "OFF") || isKeyword(value, "FALSE") || value == "0");
    }
  }

  bool startsStatement(std::size_t at) const {
    if (tokens_.isSymbol(at, '(')) at = tokens_.content(at);
    const Kind kind = verbKind(tokens_.text(at));
    return tokens_.is(at, Keyword::with) || kind == Kind::select || changesRows(kind) ||
           kind == Kind::create || tokens_.isWord(at, "DECLARE") || tokens_.isWord(at, "EXECUTE") ||
           tokens_.isWord(at, "REFRESH");
  }

  /// The kind of the statement that stands at `at`, read as part of this one.
  Kind innerKind(std::size_t at) {
    const Kind outer = std::exchange(statement_.kind, kindAt(at));
    const bool query = tokens_.is(at, Keyword::with) || tokens_.isSymbol(at, '(');
    if (query) {
      readQuery(at, true);
      statement_.kind = queryKind();
    } else if (statement_.kind != Kind::explain && statement_.kind != Kind::describe &&
               statement_.kind != Kind::analyze) {
      readRest(at);
    }
    return std::exchange(statement_.kind, outer);
  }

  void readCreate(std::size_t at) {
    readDefinition(tokens_, at, statement_);
    const std::string& type = statement_.definition->objectType;
    if (type == "table" || type == "view" || type == "materialized view") {
      readQuery(firstQuery(at), false);
    } else if (type == "procedure" || type == "function" || type == "trigger" || type == "event" ||
               type == "package" || type == "package body" || type == "rule") {
      statement_.code.push_back({.origin = CarriedCode::Origin::body,
                                 .text = bodyText(at),
                                 .position = tokens_[at].start});
    }
  }

  /// The first query of CREATE … AS or the first parenthesis.
  std::size_t firstQuery(std::size_t at) const {
    for (; at < tokens_.size(); ++at) {
      if (tokens_.is(at, Keyword::select) || tokens_.is(at, Keyword::as)) return at;
      if (tokens_.isSymbol(at, '(')) return at;
    }
    return at;
  }

  std::string bodyText(std::size_t at) const {
    for (; at < tokens_.size(); ++at)
      if (tokens_.is(at, Keyword::as) && tokens_[at + 1].kind == TokenKind::string)
        return tokens_.value(at + 1);
    return std::string(tokens_.text());
  }

  void readAlter(std::size_t at) {
    readDefinition(tokens_, at, statement_);
    if (statement_.definition->objectType != "system") return;
    for (std::size_t i = at + 2; i < at + 4; ++i)
      if (tokens_.is(i, Keyword::set) || tokens_.is(i, Keyword::reset)) {
        readSettings(tokens_, i, statement_);
        for (Setting& setting : statement_.settings) setting.scope = SettingScope::persist;
        return;
      }
  }

  void readSet(std::size_t at) {
    const std::size_t inner = readSettings(tokens_, at, statement_);
    for (const Setting& setting : statement_.settings)
      if (setting.name == "transaction") transactionModes(at);
    if (inner != 0)
      statement_.explained = innerKind(inner);
    else
      readQuery(at + 1, false);
  }

  /// READ WRITE in BEGIN, START TRANSACTION, SET TRANSACTION.
  void transactionModes(std::size_t at) {
    for (; at < tokens_.size(); ++at)
      if (tokens_.is(at, Keyword::read) && tokens_.is(at + 1, Keyword::write))
        statement_.readWrite = true;
  }

  /// COPY t [(columns)] FROM|TO …, COPY (query) TO …
  void readCopy(std::size_t at) {
    std::size_t next = at + 1;
    const bool query = tokens_.isSymbol(next, '(');
    if (query) {
      readQuery(next, false);
      next = tokens_.behind(next);
    } else {
      next = takeTable(next, false);
      if (tokens_.isSymbol(next, '(')) next = tokens_.behind(next);
    }
    const bool from = tokens_.is(next, Keyword::from);
    if (from && !statement_.tables.empty()) statement_.tables.back().written = true;
    ++next;
    FileUse file{.written = !from, .position = tokens_[next].start};
    if (tokens_.is(next, Keyword::program)) file.channel = FileUse::Channel::program;
    if (tokens_.is(next, Keyword::stdin_) || tokens_.is(next, Keyword::stdout_))
      file.channel = FileUse::Channel::client;
    else
      file.name = tokens_.value(file.channel == FileUse::Channel::program ? next + 1 : next);
    statement_.files.push_back(std::move(file));
    for (; from && next < tokens_.size(); ++next)
      if (tokens_.is(next, Keyword::where)) statement_.hasWhere = true;
  }

  /// LOAD DATA [LOCAL] INFILE 'f' INTO TABLE t; LOAD 'library'.
  void readLoad(std::size_t at) {
    FileUse file{.position = tokens_[at].start};
    for (std::size_t i = at + 1; i < tokens_.size(); ++i) {
      if (tokens_.is(i, Keyword::local)) file.channel = FileUse::Channel::client;
      if (tokens_[i].kind == TokenKind::string && file.name.empty()) file.name = tokens_.value(i);
      if (tokens_.is(i, Keyword::into) && tokens_.is(i + 1, Keyword::table)) {
        takeTable(i + 2, true);
        break;
      }
    }
    statement_.files.push_back(std::move(file));
  }

  /// PRAGMA [schema.]name [= value | (value)]
  void readPragma(std::size_t at) {
    const auto name = readName(tokens_, at + 1);
    if (!name) return;
    Pragma pragma{.name = lowerCase(name->name.name)};
    pragma.assigns = tokens_.isSymbol(name->next, '=');
    pragma.hasArgument = tokens_.isSymbol(name->next, '(');
    for (std::size_t i = name->next + 1; i < tokens_.size() && !tokens_.isSymbol(i, ')'); ++i)
      pragma.value += tokens_.value(i);
    statement_.pragma = std::move(pragma);
  }

  void readAttach(std::size_t at) {
    if (tokens_.isWord(at, "DETACH")) return;
    const std::size_t name = tokens_.is(at + 1, Keyword::database) ? at + 2 : at + 1;
    statement_.files.push_back(
        {.written = true, .name = tokens_.value(name), .position = tokens_[at].start});
    readQuery(name, false);
  }

  void readVacuum(std::size_t at) {
    for (std::size_t i = at + 1; i < tokens_.size(); ++i)
      if (tokens_.is(i, Keyword::into)) {
        statement_.files.push_back(
            {.written = true, .name = tokens_.value(i + 1), .position = tokens_[i].start});
        return;
      }
    std::size_t table = at + 1;
    while (tokens_.is(table, Keyword::full) || tokens_.is(table, Keyword::verbose) ||
           tokens_.isWord(table, "FREEZE") || isAnalyze(table) || tokens_.isSymbol(table, '('))
      table = tokens_.isSymbol(table, '(') ? tokens_.behind(table) : table + 1;
    takeTable(table, true);
  }

  /// DO of PostgreSQL carries code, that of MySQL calls functions.
  void readDo(std::size_t at) {
    for (std::size_t i = at + 1; dialect_.textBlocks && i < tokens_.size(); ++i)
      if (tokens_[i].kind == TokenKind::string)
        statement_.code.push_back({.origin = CarriedCode::Origin::block,
                                   .text = tokens_.value(i),
                                   .position = tokens_[i].start});
    if (tokens_.isWord(at, "BEGIN"))
      statement_.code.push_back({.origin = CarriedCode::Origin::block,
                                 .text = std::string(tokens_.text()),
                                 .position = tokens_[at].start});
    readQuery(at + 1, false);
  }

  void readCall(std::size_t at) {
    const auto name = readName(tokens_, at + 1);
    if (name && !tokens_.isSymbol(name->next, '('))
      statement_.functions.push_back({.function = name->name});
    readQuery(at + 1, false);
  }

  /// LOCK TABLE[S] a READ, b WRITE; LOCK a IN … MODE
  void readLock(std::size_t at) {
    if (tokens_.isWord(at, "UNLOCK")) return;
    std::size_t next = at + 1;
    if (tokens_.is(next, Keyword::table) || tokens_.is(next, Keyword::tables)) ++next;
    for (;;) {
      if (tokens_.is(next, Keyword::only)) ++next;
      next = takeTable(next, true);
      while (next < tokens_.size() && !tokens_.isSymbol(next, ',')) ++next;
      if (!tokens_.isSymbol(next, ',')) return;
      ++next;
    }
  }

  void readOther(std::size_t at) {
    if (tokens_.isWord(at, "PREPARE")) {
      readPrepare(at);
    } else if (tokens_.isWord(at, "EXECUTE")) {
      const bool immediate = tokens_.is(at + 1, Keyword::immediate);
      statement_.code.push_back(constant(immediate ? at + 2 : tokens_.size()));
    } else if (tokens_.isWord(at, "DECLARE")) {
      for (std::size_t i = at + 1; i < tokens_.size(); ++i)
        if (tokens_.is(i, Keyword::for_)) {
          statement_.explained = innerKind(i + 1);
          return;
        }
    } else if (tokens_.isWord(at, "REINDEX") || tokens_.isWord(at, "REFRESH") ||
               tokens_.isWord(at, "CLUSTER") || tokens_.isWord(at, "OPTIMIZE") ||
               tokens_.isWord(at, "REPAIR")) {
      readDefinition(tokens_, at, statement_);
    } else {
      readQuery(at + 1, false);
    }
  }

  /// PREPARE name [(types)] AS statement; PREPARE name FROM 'text' | @variable
  void readPrepare(std::size_t at) {
    std::size_t next = at + 2;
    if (tokens_.isSymbol(next, '(')) next = tokens_.behind(next);
    if (tokens_.is(next, Keyword::as))
      statement_.explained = innerKind(next + 1);
    else
      statement_.code.push_back(constant(next + 1));
  }

  /// The text at `at`, when it is one constant to the end.
  CarriedCode constant(std::size_t at) const {
    CarriedCode code{.position = tokens_[at].start};
    if (tokens_[at].kind == TokenKind::string && at + 1 == tokens_.size())
      code.text = tokens_.value(at);
    return code;
  }

  std::size_t takeTable(std::size_t at, bool written) {
    const auto read = readName(tokens_, at);
    if (!read) return at + 1;
    statement_.tables.push_back({.table = read->name, .written = written});
    return read->next;
  }

  /// Parameters and `@x := …`, wherever they stand.
  void readDetails() {
    std::size_t brackets = 0;
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      if (tokens_[at].kind != TokenKind::symbol) continue;
      const char symbol = tokens_.text(at)[0];
      if (symbol == '[') ++brackets;
      if (symbol == ']' && brackets > 0) --brackets;
      if (isParameter(at, symbol, brackets > 0)) {
        const bool named = symbol != '?' || isNumberBehind(at);
        statement_.parameters.push_back(
            {.start = tokens_[at].start, .end = tokens_[named ? at + 1 : at].end});
      }
      const bool assigns = symbol == '@' && tokens_.isSymbol(at + 2, ':') &&
                           tokens_.isSymbol(at + 3, '=') && statement_.kind != Kind::set;
      if (assigns)
        statement_.settings.push_back({.scope = SettingScope::user,
                                       .name = "@" + tokens_.lower(at + 1),
                                       .position = tokens_[at].start});
    }
  }

  bool isNumberBehind(std::size_t at) const {
    return tokens_[at + 1].kind == TokenKind::number && tokens_.touchesPrevious(at + 1);
  }

  bool isParameter(std::size_t at, char symbol, bool inBrackets) const {
    const bool word = tokens_[at + 1].kind == TokenKind::word && tokens_.touchesPrevious(at + 1);
    switch (symbol) {
      case '?': return dialect_.questionParameters;
      case '$': return dialect_.dollarParameters && (isNumberBehind(at) || word);
      case '@':
        return dialect_.atParameters && word &&
               !(tokens_.isSymbol(at - 1, '@') && tokens_.touchesPrevious(at));
      case ':': {
        const bool cast = tokens_.isSymbol(at - 1, ':') && tokens_.touchesPrevious(at);
        const bool slice = dialect_.arraySlices && inBrackets;
        return !cast && !slice && (word || isNumberBehind(at));
      }
      default: return false;
    }
  }

  const TokenList& tokens_;
  const Dialect& dialect_;
  Statement statement_;
  bool mainVerb_ = false;
};

/// A command and its arguments.
Statement readCommand(std::string_view text) {
  Statement statement{.kind = Kind::command};
  auto words = splitCommandLine(text);
  if (!words || words->empty()) {
    statement.kind = Kind::unknown;
    statement.complete = false;
    return statement;
  }
  statement.arguments = std::move(*words);
  statement.kindName = lowerCase(statement.arguments[0]);
  statement.verb = statement.kindName;
  return statement;
}

}  // namespace

Statement readStatement(std::string_view text, const Dialect& dialect) {
  if (dialect.lineCommands) return readCommand(text);
  const TokenList tokens(text, dialect);
  return StatementReader(tokens, dialect).read();
}

bool isDestructive(const Statement& statement) {
  switch (statement.kind) {
    case Kind::drop:
    case Kind::truncate:
    case Kind::alter: return true;
    default: break;
  }
  const bool executes = statement.kind != Kind::explain && statement.kind != Kind::describe;
  if (!executes && !statement.analyzes) return false;
  return std::any_of(statement.changes.begin(), statement.changes.end(), [](const Change& change) {
    return change.kind == Kind::remove ||
           (change.kind == Kind::update && change.filter != Filter::effective);
  });
}

}  // namespace mydba::sql
