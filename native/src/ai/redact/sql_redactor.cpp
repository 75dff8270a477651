// Statements for a model: the words of the language and names, placeholders for values, nothing
// that a comment says.
//
// The tokens are those of the anonymised text (sql/value_lexer.h), so that what may be a text in
// any mode of a server is one. What privacy/secrets.h calls a secret, and what account_names.h
// calls a user or host, goes whatever token it is.

#include <algorithm>
#include <optional>
#include <unordered_set>
#include <utility>

#include "ai/redact/account_names.h"
#include "ai/redact/conversation.h"
#include "ai/redact/private_shapes.h"
#include "ai/redact/public_words.h"
#include "privacy/secrets.h"
#include "sql/command_line.h"
#include "sql/keyword.h"
#include "sql/language_words.h"
#include "sql/literal.h"
#include "sql/splitter.h"
#include "sql/statement.h"
#include "sql/value_lexer.h"

namespace mydba::ai {
namespace {

using sql::isKeyword;
using sql::Token;
using sql::TokenKind;

/// Types of PostgreSQL that it writes behind `::` and nobody defines (manual, "Data Types").
constexpr std::string_view castTypes[] = {
    "bpchar", "bytea",   "cidr",    "citext",  "float4",   "float8", "inet", "int2",
    "int4",   "int8",    "jsonb",   "macaddr", "money",    "name",   "oid",  "regclass",
    "record", "tsquery", "unknown", "uuid",    "tsvector", "varbit", "xml"};

bool startsWithDigit(std::string_view text) {
  return !text.empty() && text[0] >= '0' && text[0] <= '9';
}

/// Tells, of tokens that come in order, which lie in one of the ranges.
template <typename Range>
class RangeCursor {
 public:
  explicit RangeCursor(std::vector<Range> ranges) : ranges_(std::move(ranges)) {}

  bool covers(const Token& token) {
    while (at_ < ranges_.size() && ranges_[at_].end <= token.start) ++at_;
    return at_ < ranges_.size() && ranges_[at_].start < token.end;
  }

 private:
  std::vector<Range> ranges_;
  std::size_t at_ = 0;
};

/// The names of a statement that are known for what they are.
struct StatementNames {
  std::unordered_set<std::string> tables;
  std::unordered_set<std::string> schemas;
  std::unordered_set<std::string> indexes;

  StatementNames(std::string_view statement, const sql::Dialect& dialect) {
    const sql::Statement read = sql::readStatement(statement, dialect);
    for (const auto& use : read.tables) {
      tables.insert(sql::lowerCase(use.table.name));
      if (!use.table.schema.empty()) schemas.insert(sql::lowerCase(use.table.schema));
    }
    if (!read.definition || read.definition->objectType.find("index") == std::string::npos) return;
    for (const auto& object : read.definition->objects) indexes.insert(sql::lowerCase(object.name));
  }
};

class SqlRedactor {
 public:
  SqlRedactor(std::string_view statement, sql::ValueLexer lexer, Conversation& conversation,
              Draft& draft)
      : text_(statement),
        dialect_(*conversation.dialect),
        lexer_(std::move(lexer)),
        conversation_(conversation),
        draft_(draft),
        names_(statement, dialect_),
        secrets_(privacy::secretsOfSql(statement, dialect_)),
        accounts_(accountsOfSql(statement, dialect_)) {}

  void run() {
    std::size_t end = 0;
    for (Token token = lexer_.next(); token.kind != TokenKind::end; token = lexer_.next()) {
      if (token.kind == TokenKind::comment) continue;
      // Two signs side by side could be a comment to whoever reads the answer.
      const bool dashes = text_[token.start] == '-' && draft_.text.ends_with('-');
      if ((token.start > end && end > 0) || dashes) draft_.text += ' ';
      end = token.end;
      if (token.kind == TokenKind::word && isPrefix(token)) {
        prefix_ = token;
        continue;
      }
      take(token);
      prefix_.reset();
      beforePrevious_ = std::exchange(previous_, token);
    }
  }

 private:
  std::string_view textOf(const Token& token) const {
    return text_.substr(token.start, token.end - token.start);
  }

  void take(const Token& token) {
    // Both are asked for each token: they go along with the text.
    const bool secret = secrets_.covers(token);
    const bool account = accounts_.covers(token);
    const bool sign = token.kind == TokenKind::symbol || token.kind == TokenKind::executableClose;
    if (secret && !sign) return put(token, ValueKind::secret);
    if (account && !sign) return put(token, ValueKind::user);
    switch (token.kind) {
      case TokenKind::string: return put(token, kindOf(token));
      case TokenKind::number: return number(token);
      case TokenKind::word: return word(token);
      case TokenKind::quotedName: return quotedName(token);
      case TokenKind::executableOpen: draft_.text += "/*!"; return;
      default: draft_.text += textOf(token);
    }
  }

  /// `x'1F'`, `N'…'`, `_utf8mb4'…'`: the word is a part of the text.
  bool isPrefix(const Token& token) const {
    if (token.end >= text_.size() || text_[token.end] != '\'') return false;
    const std::string_view word = textOf(token);
    return word.size() == 1 || word[0] == '_';
  }

  void put(const Token& token, ValueKind kind) {
    const std::size_t start = prefix_ ? prefix_->start : token.start;
    const std::string_view spelling = text_.substr(start, token.end - start);
    const std::string_view own = textOf(token);
    const bool quoted = token.kind == TokenKind::string || token.kind == TokenKind::quotedName;
    const std::string value = quoted ? sql::literalValue(own, dialect_) : std::string(own);
    const std::string placeholder = putValue(draft_, conversation_, kind, value, spelling);
    const bool literal = token.kind == TokenKind::string || token.kind == TokenKind::number;
    if (literal && draft_.ofUser && kind != ValueKind::secret && kind != ValueKind::user)
      conversation_.placeholders.allowBack(placeholder, spelling);
  }

  bool follows(std::string_view upper) const {
    return previous_.kind == TokenKind::word && isKeyword(textOf(previous_), upper);
  }

  ValueKind kindOf(const Token& token) const {
    if (prefix_) {
      const std::string_view prefix = textOf(*prefix_);
      if (isKeyword(prefix, "X") || isKeyword(prefix, "B")) return ValueKind::binary;
    }
    if (follows("INTERVAL")) return ValueKind::interval;
    const std::string value = sql::literalValue(textOf(token), dialect_);
    if (follows("LIKE") || follows("ILIKE") || follows("GLOB")) {
      const bool open = value.starts_with('%') || value.starts_with('_') || value.starts_with('*');
      return open ? ValueKind::openPattern : ValueKind::prefixPattern;
    }
    return shapeOf(value);
  }

  bool behindSign(const Token& token, char sign) const {
    return previous_.kind == TokenKind::symbol && text_[previous_.start] == sign &&
           previous_.end == token.start;
  }

  void number(const Token& token) {
    const std::string_view text = textOf(token);
    const bool parameter = (behindSign(token, '$') && dialect_.dollarParameters) ||
                           (behindSign(token, '?') && dialect_.questionParameters) ||
                           (behindSign(token, ':') && !dialect_.arraySlices);
    const bool afterName =
        beforePrevious_.kind == TokenKind::word || beforePrevious_.kind == TokenKind::quotedName;
    constexpr std::size_t longestParameter = 5;  // PostgreSQL has 65,535 of them
    if (parameter && text.size() <= longestParameter)
      draft_.text += text;
    else if (behindSign(token, '.') && afterName && sql::canBeName(text))
      putName(text, text, NameKind::column);
    else
      put(token, ValueKind::number);
  }

  void word(const Token& token) {
    const std::string_view text = textOf(token);
    const bool afterDot = previous_.kind == TokenKind::symbol && text_[previous_.start] == '.';
    if (!afterDot && !isParameter(token) && sql::isLanguageWord(text)) {
      draft_.text += text;
    } else if (behindSign(token, ':') && looksLikePlaceholder(':' + std::string(text)) &&
               draft_.text.ends_with(':')) {
      draft_.text.pop_back();
      const std::string spelling = ':' + std::string(text);
      conversation_.placeholders.allowBack(
          putValue(draft_, conversation_, ValueKind::parameter, spelling, spelling), spelling);
    } else if (isKept(token, text)) {
      draft_.text += text;
    } else {
      putName(text, text, kindOf(token, std::string(text)));
    }
  }

  /// `::text`
  bool isCastType(const Token& token) const {
    return behindSign(token, ':') && beforePrevious_.kind == TokenKind::symbol &&
           text_[beforePrevious_.start] == ':' && beforePrevious_.end == previous_.start;
  }

  bool isParameter(const Token& token) const {
    return behindSign(token, '@') || behindSign(token, '$') ||
           (behindSign(token, ':') && !isCastType(token));
  }

  /// What is no name of the user's, though the language does not have it.
  bool isKept(const Token& token, std::string_view text) const {
    if (conversation_.names == NamePolicy::keep) return false;
    if (isCall(token) && isBuiltInFunction(text)) return true;
    if (isCastType(token))
      return std::ranges::find(castTypes, sql::lowerCase(std::string(text))) != std::end(castTypes);
    const bool setting = follows("SET") || follows("SHOW") || follows("PRAGMA") ||
                         follows("RESET") || behindSign(token, '@');
    return setting && isBuiltInSetting(text);
  }

  bool isCall(const Token& token) const {
    const std::size_t next = text_.find_first_not_of(" \t\r\n", token.end);
    return next != text_.npos && text_[next] == '(' && !follows("INTO") && !follows("TABLE") &&
           !follows("REFERENCES") && !follows("ON");
  }

  NameKind kindOf(const Token& token, const std::string& name) const {
    const std::string lower = sql::lowerCase(name);
    const bool beforeDot = token.end < text_.size() && text_[token.end] == '.';
    if (names_.tables.contains(lower)) return NameKind::table;
    if (names_.schemas.contains(lower)) return NameKind::schema;
    if (names_.indexes.contains(lower) || follows("INDEX")) return NameKind::index;
    if (isParameter(token)) return NameKind::other;
    if (beforeDot) return NameKind::tableAlias;
    return isCall(token) ? NameKind::function : NameKind::column;
  }

  void quotedName(const Token& token) {
    const std::string_view spelling = textOf(token);
    const std::string name = sql::literalValue(spelling, dialect_);
    const bool closed = sql::isClosed(spelling, dialect_) && validName(name);
    if (!closed) return put(token, ValueKind::name);
    putName(name, spelling, kindOf(token, name));
  }

  static bool validName(const std::string& name) {
    return !name.empty() && name.find_first_of("\n\r\t") == std::string::npos;
  }

  /// Prose behind a statement is read with it: `… WHERE a = 1 slow on db1.example.com?`
  bool isPartOfHost(std::string_view spelling) const {
    if (spelling.data() < text_.data() || spelling.data() >= text_.data() + text_.size())
      return false;
    const auto joins = [&](std::size_t at) { return isWordByte(text_[at]) || text_[at] == '.'; };
    std::size_t begin = static_cast<std::size_t>(spelling.data() - text_.data());
    std::size_t end = begin;
    constexpr std::size_t longestHost = 255;  // RFC 1035, 2.3.4; keeps a chain of names linear
    const std::size_t from = begin;
    while (begin > 0 && from - begin < longestHost && joins(begin - 1)) --begin;
    while (end < text_.size() && end - from < longestHost && joins(end)) ++end;
    std::string_view run = text_.substr(begin, end - begin);
    while (run.ends_with('.')) run.remove_suffix(1);
    const auto dots = std::ranges::count(run, '.');
    const bool plain = run.ends_with(".com") || run.ends_with(".net");
    return (dots > 1 || (dots == 1 && plain)) && privateKind(run) == ValueKind::host;
  }

  void putName(std::string_view name, std::string_view spelling, NameKind kind) {
    if (conversation_.names == NamePolicy::keep) {
      if (looksPrivate(name) || isPartOfHost(spelling))
        putValue(draft_, conversation_, ValueKind::name, name, spelling);
      else
        draft_.text += spelling;
      return;
    }
    ++draft_.masked["alias"];
    const bool quoted = spelling.size() > name.size();
    if (!quoted) {
      draft_.text += conversation_.aliases.of(name, kind);
      return;
    }
    const bool needs = !isPlainName(name) || sql::lowerCase(std::string(name)) != name;
    const char quote = spelling.front() == '[' ? '"' : spelling.front();
    draft_.text += spelling.front();
    draft_.text += conversation_.aliases.of(name, kind, needs ? quote : '\0');
    draft_.text += spelling.back();
  }

  const std::string_view text_;
  const sql::Dialect& dialect_;
  sql::ValueLexer lexer_;
  Conversation& conversation_;
  Draft& draft_;
  StatementNames names_;
  RangeCursor<privacy::Secret> secrets_;
  RangeCursor<TextRange> accounts_;
  std::optional<Token> prefix_;
  Token previous_;
  Token beforePrevious_;
};

/// The name of the command; of its arguments nobody knows which are keys, values or options.
bool redactCommand(Draft& draft, Conversation& conversation, std::string_view line) {
  const auto words = sql::splitCommandLine(line);
  const std::size_t named = words ? sql::commandNameLength(*words) : 0;
  if (named == 0) {
    draft.leaveOut("a command that could not be read");
    return static_cast<bool>(words);
  }
  const auto secrets = privacy::secretsOfCommands(line);
  for (std::size_t i = 0; i < words->size(); ++i) {
    const std::string& word = (*words)[i];
    if (i > 0) draft.text += ' ';
    if (i < named) {
      draft.text += word;
    } else if (!secrets.empty()) {
      putValue(draft, conversation, ValueKind::secret, word, word);
    } else {
      const ValueKind kind = startsWithDigit(word) ? ValueKind::number : ValueKind::text;
      const std::string placeholder = putValue(draft, conversation, kind, word, word);
      if (draft.ofUser) conversation.placeholders.allowBack(placeholder, word);
    }
  }
  return true;
}

/// Those between statements too.
void countComments(Draft& draft, const sql::Dialect& dialect, std::string_view text) {
  sql::Lexer lexer(text, dialect);
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next())
    if (token.kind == TokenKind::comment) ++draft.masked["comment"];
}

}  // namespace

std::string putValue(Draft& draft, Conversation& conversation, ValueKind kind,
                     std::string_view value, std::string_view spelling) {
  // Not to be read as one word with what stands before it.
  if (!draft.text.empty() && (draft.text.back() == ':' || isWordByte(draft.text.back())))
    draft.text += ' ';
  std::string placeholder = conversation.placeholders.of(kind, value, spelling);
  draft.text += placeholder;
  ++draft.masked[std::string(name(kind))];
  return placeholder;
}

void redactSql(Draft& draft, Conversation& conversation, std::string_view text) {
  const sql::Dialect& dialect = *conversation.dialect;
  countComments(draft, dialect, text);
  sql::OtherReadings readings(text, dialect);
  bool first = true;
  for (const sql::StatementRange& range : sql::split(text, dialect)) {
    const std::string_view statement = text.substr(range.start, range.end - range.start);
    if (!std::exchange(first, false)) draft.text += dialect.lineCommands ? "\n" : ";\n";
    if (dialect.lineCommands) {
      if (!redactCommand(draft, conversation, statement)) return;
      continue;
    }
    sql::ValueLexer lexer(statement, dialect, readings, range.start);
    SqlRedactor(statement, std::move(lexer), conversation, draft).run();
  }
}

}  // namespace mydba::ai
