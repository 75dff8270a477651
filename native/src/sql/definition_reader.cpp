#include "sql/definition_reader.h"

#include <algorithm>
#include <string>

#include "sql/names.h"

namespace mydba::sql {
namespace {

using Kind = StatementKind;

// Types of objects that take several words, longest first where one begins another.
constexpr std::string_view longTypes[] = {
    "TEXT SEARCH CONFIGURATION",
    "TEXT SEARCH DICTIONARY",
    "TEXT SEARCH PARSER",
    "TEXT SEARCH TEMPLATE",
    "SPATIAL REFERENCE SYSTEM",
    "FOREIGN DATA WRAPPER",
    "PROCEDURAL LANGUAGE",
    "ACCESS METHOD",
    "DEFAULT PRIVILEGES",
    "EVENT TRIGGER",
    "FOREIGN TABLE",
    "LARGE OBJECT",
    "LOGFILE GROUP",
    "MATERIALIZED VIEW",
    "OPERATOR CLASS",
    "OPERATOR FAMILY",
    "PACKAGE BODY",
    "RESOURCE GROUP",
    "UNDO TABLESPACE",
    "USER MAPPING",
    "OWNED BY",
    "INSTANCE",
    "QUERY CACHE",
};

// What may stand between CREATE and the type of the object.
constexpr std::string_view modifiers[] = {
    "TEMP",    "TEMPORARY", "GLOBAL",    "LOCAL",     "UNLOGGED",  "UNIQUE",  "FULLTEXT",
    "SPATIAL", "VIRTUAL",   "RECURSIVE", "AGGREGATE", "TRUSTED",   "DEFAULT", "CONSTRAINT",
    "ONLINE",  "OFFLINE",   "IGNORE",    "VECTOR",    "CLUSTERED", "BITMAP",
};

class DefinitionReader {
 public:
  DefinitionReader(const TokenList& tokens, std::size_t at, Statement& statement)
      : tokens_(tokens), statement_(statement), at_(at + 1) {}

  void read(Kind kind) {
    prefix();
    const std::size_t typeAt = at_;
    objectType(kind);
    options();
    if (definition_.objectType == "user mapping" && tokens_.is(at_, Keyword::for_)) ++at_;
    if (definition_.objectType != "system") objects(kind);
    if (kind == Kind::alter) action();
    if (kind == Kind::create && definition_.objectType == "table") likeTable();
    onTable();
    for (std::size_t i = typeAt; i < std::min(tokens_.size(), at_ + lookAhead); ++i)
      if (tokens_.is(i, Keyword::cascade)) definition_.cascade = true;
    library();
    statement_.definition = std::move(definition_);
  }

 private:
  static constexpr std::size_t lookAhead = 8;

  bool takeWord(std::string_view word) {
    if (!tokens_.isWord(at_, word)) return false;
    ++at_;
    return true;
  }

  /// OR REPLACE, TEMPORARY, DEFINER = …, ALGORITHM = …, SQL SECURITY …
  void prefix() {
    for (;;) {
      if (tokens_.is(at_, Keyword::or_) && tokens_.is(at_ + 1, Keyword::replace)) {
        definition_.orReplace = true;
        at_ += 2;
      } else if (tokens_.isSymbol(at_ + 1, '=')) {
        assignment();
      } else if (tokens_.is(at_, Keyword::sql)) {
        at_ += 3;
      } else if (isModifier()) {
        if (tokens_.is(at_, Keyword::temp) || tokens_.is(at_, Keyword::temporary))
          definition_.temporary = true;
        ++at_;
      } else {
        return;
      }
    }
  }

  bool isModifier() const {
    if (tokens_.isWord(at_, "DEFAULT") && tokens_.isWord(at_ + 1, "PRIVILEGES")) return false;
    return std::any_of(std::begin(modifiers), std::end(modifiers),
                       [&](std::string_view word) { return tokens_.isWord(at_, word); });
  }

  /// `DEFINER = 'a'@'b'`, `DEFINER = CURRENT_USER()`
  void assignment() {
    at_ += 3;
    if (tokens_.isSymbol(at_, '(')) at_ = tokens_.behind(at_);
    if (tokens_.isSymbol(at_, '@')) at_ += 2;
  }

  void objectType(Kind kind) {
    if (kind == Kind::truncate && !tokens_.is(at_, Keyword::table)) {
      definition_.objectType = "table";
      return;
    }
    for (const std::string_view type : longTypes) {
      const std::size_t length = typeLength(type);
      if (length == 0) continue;
      for (std::size_t i = 0; i < length; ++i)
        definition_.objectType += (i ? " " : "") + tokens_.lower(at_ + i);
      at_ += length;
      return;
    }
    if (tokens_[at_].kind == TokenKind::word) definition_.objectType = tokens_.lower(at_++);
    if (definition_.objectType == "tables") definition_.objectType = "table";
  }

  std::size_t typeLength(std::string_view type) const {
    std::size_t words = 0;
    for (std::size_t from = 0; from <= type.size(); ++words) {
      const std::size_t blank = std::min(type.find(' ', from), type.size());
      if (!tokens_.isWord(at_ + words, type.substr(from, blank - from))) return 0;
      from = blank + 1;
    }
    return words;
  }

  /// CONCURRENTLY, IF [NOT] EXISTS, ONLY, NOWAIT …
  void options() {
    for (;;) {
      if (tokens_.is(at_, Keyword::concurrently)) {
        definition_.concurrently = true;
        ++at_;
      } else if (tokens_.is(at_, Keyword::if_) && tokens_.is(at_ + 1, Keyword::exists)) {
        definition_.ifExists = true;
        at_ += 2;
      } else if (tokens_.is(at_, Keyword::if_) && tokens_.is(at_ + 1, Keyword::not_)) {
        definition_.ifNotExists = true;
        at_ += 3;
      } else if (tokens_.is(at_, Keyword::only) || tokens_.is(at_, Keyword::ignore)) {
        ++at_;
      } else {
        return;
      }
    }
  }

  bool isTable() const {
    const std::string& type = definition_.objectType;
    return type == "table" || type == "view" || type == "materialized view" ||
           type == "foreign table" || type == "sequence";
  }

  /// The names, with commas between, and with RENAME's TO.
  void objects(Kind kind) {
    while (!tokens_.is(at_, Keyword::on)) {
      if (tokens_.is(at_, Keyword::only)) ++at_;
      const auto read = readName(tokens_, at_);
      if (!read) return;
      at_ = read->next;
      definition_.objects.push_back(read->name);
      if (isTable()) statement_.tables.push_back({.table = read->name, .written = true});
      if (tokens_.isSymbol(at_, '@')) at_ += 2;  // 'user'@'host'
      if (kind == Kind::drop && tokens_.isSymbol(at_, '(')) at_ = tokens_.behind(at_);
      if (kind == Kind::truncate && tokens_.isSymbol(at_, '*')) ++at_;
      const bool to = kind == Kind::rename && takeWord("TO");
      if (!to && !tokens_.isSymbol(at_, ',')) return;
      if (!to) ++at_;
    }
  }

  /// `add column`, `rename`: the first words of what ALTER does.
  void action() {
    definition_.action = tokens_.lower(at_);
    if (tokens_[at_].kind != TokenKind::word) definition_.action.clear();
    static constexpr std::string_view parts[] = {"COLUMN",    "CONSTRAINT", "INDEX",     "KEY",
                                                 "PARTITION", "TO",         "SCHEMA",    "PRIMARY",
                                                 "FOREIGN",   "TABLE",      "TABLESPACE"};
    for (const std::string_view part : parts)
      if (tokens_.isWord(at_ + 1, part)) definition_.action += " " + tokens_.lower(at_ + 1);
  }

  /// CREATE TABLE t LIKE u, CREATE TABLE t (LIKE u …)
  void likeTable() {
    const std::size_t like = tokens_.isSymbol(at_, '(') ? at_ + 1 : at_;
    if (!tokens_.is(like, Keyword::like)) return;
    if (const auto read = readName(tokens_, like + 1))
      statement_.tables.push_back({.table = read->name});
  }

  bool isOnTable() const {
    const std::string& type = definition_.objectType;
    return type == "index" || type == "trigger" || type == "policy" || type == "rule";
  }

  /// The table of an index, trigger, policy or rule.
  void onTable() {
    if (!isOnTable()) return;
    for (std::size_t i = at_; i < std::min(tokens_.size(), at_ + 4 * lookAhead); ++i) {
      if (tokens_.isSymbol(i, '(')) i = tokens_.partner(i);
      if (!tokens_.is(i, Keyword::on)) continue;
      const std::size_t name = tokens_.is(i + 1, Keyword::only) ? i + 2 : i + 1;
      if (const auto read = readName(tokens_, name))
        statement_.tables.push_back({.table = read->name, .written = true});
      return;
    }
  }

  /// CREATE FUNCTION f RETURNS INT SONAME 'x.so' loads a library into the server.
  void library() {
    for (std::size_t i = at_; i < std::min(tokens_.size(), at_ + lookAhead); ++i)
      if (tokens_.isWord(i, "SONAME"))
        statement_.files.push_back({.channel = FileUse::Channel::program,
                                    .name = tokens_.value(i + 1),
                                    .position = tokens_[i].start});
  }

  const TokenList& tokens_;
  Statement& statement_;
  std::size_t at_;
  Definition definition_;
};

}  // namespace

void readDefinition(const TokenList& tokens, std::size_t at, Statement& statement) {
  DefinitionReader(tokens, at, statement).read(statement.kind);
}

}  // namespace mydba::sql
