#include "sql/anonymize.h"

#include <string>
#include <unordered_map>
#include <utility>

#include "sql/command_line.h"
#include "sql/keyword.h"
#include "sql/language_words.h"
#include "sql/literal.h"
#include "sql/splitter.h"
#include "sql/statement.h"
#include "sql/value_lexer.h"

namespace mydba::sql {
namespace {

/// The tags given so far, for the whole text.
class Tags {
 public:
  void addTable(const std::string& name) { tagOf(lowerCase(name), 't', tables_); }

  const std::string& of(const std::string& name) { return tagOf(lowerCase(name), 'c', others_); }

 private:
  const std::string& tagOf(std::string name, char letter, std::size_t& count) {
    const auto [found, isNew] = tags_.try_emplace(std::move(name));
    if (isNew) found->second = letter + std::to_string(++count);
    return found->second;
  }

  std::unordered_map<std::string, std::string> tags_;
  std::size_t tables_ = 0;
  std::size_t others_ = 0;
};

/// Rewrites the tokens of one statement.
class Anonymizer {
 public:
  Anonymizer(std::string_view statement, const Dialect& dialect, ValueLexer lexer, Tags* tags,
             std::string& out)
      : text_(statement), dialect_(dialect), lexer_(std::move(lexer)), tags_(tags), out_(out) {}

  void run() {
    for (Token token = lexer_.next(); token.kind != TokenKind::end; token = lexer_.next()) {
      if (token.kind == TokenKind::comment) continue;
      // Where `--` needs a blank to be a comment, a blank that is put behind it makes one.
      const bool dashes = text_[token.start] == '-' && out_.ends_with('-');
      if (token.start > end_ || dashes) out_ += ' ';
      take(token);
      end_ = token.end;
    }
  }

 private:
  void take(const Token& token) {
    const std::string_view text = lexer_.textOf(token);
    const bool secret = std::exchange(secretNext_, false);
    switch (token.kind) {
      case TokenKind::string: out_ += literal(token); break;
      case TokenKind::number: out_ += keepsNumber(token) ? text : "1"; break;
      case TokenKind::word:
        if (secret && !isKeyword(text, "PASSWORD"))
          out_ += "'?'";
        else
          word(token, text);
        if (secret && isKeyword(text, "PASSWORD")) secretNext_ = true;
        break;
      case TokenKind::quotedName:
        if (secret || hidesPassword())
          out_ += "'?'";
        else
          name(token, text);
        break;
      default: out_ += text; break;
    }
    beforePrevious_ = previous_;
    previous_ = token;
  }

  std::string_view previousText() const { return lexer_.textOf(previous_); }
  bool touchesPrevious(const Token& token) const {
    return previous_.end == token.start && token.start > 0;
  }

  /// A value of the type that the word before a string asks for.
  std::string_view literal(const Token& token) const {
    if (previous_.kind != TokenKind::word) return "'?'";
    const std::string_view type = previousText();
    if (touchesPrevious(token)) {
      if (isKeyword(type, "X")) return "'00'";
      if (isKeyword(type, "B")) return "'0'";
      return "'?'";
    }
    if (isKeyword(type, "DATE")) return "'2000-01-01'";
    if (isKeyword(type, "TIME")) return "'00:00:00'";
    if (isKeyword(type, "TIMESTAMP") || isKeyword(type, "TIMESTAMPTZ"))
      return "'2000-01-01 00:00:00'";
    if (isKeyword(type, "INTERVAL"))
      return lexer_.textOf(token).find_first_of("dhmswyDHMSWY") == std::string_view::npos
                 ? "'1'"
                 : "'1 day'";
    return "'?'";
  }

  /// `$1`, `?1` and `:1` are parameters; `t.1st` is a name.
  bool keepsNumber(const Token& token) const {
    if (previous_.kind != TokenKind::symbol || !touchesPrevious(token)) return false;
    switch (text_[previous_.start]) {
      case '$': return dialect_.dollarParameters;
      case '?': return dialect_.questionParameters;
      case ':': return !dialect_.arraySlices;
      case '.':
        return canBeName(lexer_.textOf(token)) && !text_.substr(token.end).starts_with('.') &&
               (beforePrevious_.kind == TokenKind::word ||
                beforePrevious_.kind == TokenKind::quotedName);
      default: return false;
    }
  }

  bool follows(std::string_view upper) const {
    return previous_.kind == TokenKind::word && isKeyword(previousText(), upper);
  }

  /// ALTER ROLE … PASSWORD "…" is an error that tells the password all the same.
  bool hidesPassword() const { return definesRole_ && follows("PASSWORD"); }

  void word(const Token& token, std::string_view text) {
    if (previous_.kind == TokenKind::end)
      definesRole_ = isKeyword(text, "CREATE") || isKeyword(text, "ALTER");
    if (isKeyword(text, "BY") && follows("IDENTIFIED")) secretNext_ = true;
    name(token, text);
  }

  void name(const Token& token, std::string_view text) {
    const bool quoted = token.kind == TokenKind::quotedName;
    const bool afterDot = previous_.kind == TokenKind::symbol && text_[previous_.start] == '.';
    const bool parameter = previous_.kind == TokenKind::symbol && touchesPrevious(token) &&
                           (text_[previous_.start] == '@' || text_[previous_.start] == ':' ||
                            text_[previous_.start] == '$');
    const bool keep = !tags_ || parameter || isCall(token) ||
                      (!quoted && !afterDot && isLanguageWord(text)) || startsString(token);
    if (keep)
      out_ += text;
    else
      out_ += tags_->of(quoted ? literalValue(text, dialect_) : std::string(text));
  }

  bool isCall(const Token& token) const {
    const std::size_t next = text_.find_first_not_of(" \t\r\n", token.end);
    return next != text_.npos && text_[next] == '(' && !follows("INTO") && !follows("TABLE") &&
           !follows("REFERENCES");
  }
  bool startsString(const Token& token) const {
    return token.end < text_.size() && text_[token.end] == '\'';
  }

  const std::string_view text_;
  const Dialect& dialect_;
  ValueLexer lexer_;
  Tags* tags_;
  std::string& out_;
  std::size_t end_ = 0;
  Token previous_;
  Token beforePrevious_;
  bool secretNext_ = false;
  bool definesRole_ = false;
};

/// False when the line has no end of its own: a quote was left open, and what follows may be the
/// rest of a value.
bool anonymizeCommand(std::string_view line, std::string& out) {
  const auto words = splitCommandLine(line);
  const std::size_t named = words ? commandNameLength(*words) : 0;
  if (named == 0) {
    out += '?';
    return static_cast<bool>(words);
  }
  for (std::size_t i = 0; i < words->size(); ++i) {
    if (i > 0) out += ' ';
    out += i < named ? (*words)[i] : "?";
  }
  return true;
}

}  // namespace

std::string anonymize(std::string_view text, const Dialect& dialect, Names names) {
  std::string out;
  out.reserve(text.size());
  Tags tags;
  OtherReadings readings(text, dialect);
  const auto ranges = split(text, dialect);
  for (const StatementRange& range : ranges) {
    const std::string_view statement = text.substr(range.start, range.end - range.start);
    if (!out.empty()) out += dialect.lineCommands ? "\n" : ";\n";
    if (dialect.lineCommands) {
      if (!anonymizeCommand(statement, out)) break;
      continue;
    }
    if (names == Names::tag)
      for (const TableUse& use : readStatement(statement, dialect).tables)
        tags.addTable(use.table.name);
    ValueLexer lexer(statement, dialect, readings, range.start);
    Anonymizer(statement, dialect, std::move(lexer), names == Names::tag ? &tags : nullptr, out)
        .run();
  }
  return out;
}

}  // namespace mydba::sql
