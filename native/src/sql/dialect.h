#pragma once

// What differs between the SQL dialects, as data. The lexer, the splitter and everything above them
// ask these fields; nothing in sql/ compares a dialect's name.

#include <array>
#include <cstdint>
#include <string_view>

namespace mydba::sql {

/// What a byte can start or continue. One table look-up decides what the lexer does next.
enum class CharClass : std::uint8_t {
  symbol,  ///< an operator or punctuation mark of one byte
  blank,
  word,    ///< starts or continues a name or keyword; all bytes from 0x80 are here
  digit,   ///< continues a word, starts a number
  dollar,  ///< continues a word, may start a dollar quote
  singleQuote,
  doubleQuote,
  backtick,
  bracket,  ///< `[` where it quotes names
  dash,     ///< may start `--`
  hash,     ///< `#` where it starts a comment
  slash,    ///< may start `/*`
  star,     ///< may end an executable comment
  semicolon,
};

using CharTable = std::array<CharClass, 256>;

/// Versions of `/*!NNNNN` comments that the servers of a dialect never execute, both inclusive.
struct VersionRange {
  int first = 1;
  int last = 0;
};

struct Dialect {
  std::string_view name;
  const CharTable* classes = nullptr;

  // Lexical rules.
  bool nestedComments = false;
  bool dashNeedsBlank = false;      ///< `--` starts a comment only before a blank
  bool executableComments = false;  ///< `/*! … */` is code
  bool mariadbComments = false;     ///< so is `/*M! … */`
  VersionRange skippedVersions;     ///< … but not these versions
  bool backslashEscapes = false;    ///< in every quoted string
  bool escapeStrings = false;       ///< only in E'…'
  bool dollarQuotes = false;
  bool doubleQuotedStrings = false;  ///< "…" is a string, not a name
  bool userIsValue = false;          ///< `user` is who is connected, not a name

  // What words and symbols mean.
  bool atVariables = false;         ///< `@name` is a variable of the session
  bool quotedNamesFold = false;     ///< names in quotes are no more case-sensitive than others
  bool pipesAreOr = false;          ///< `||` is OR and `&&` is AND
  bool questionParameters = false;  ///< `?`
  bool dollarParameters = false;    ///< `$1`
  bool atParameters = false;        ///< `@name`
  bool arraySlices = false;         ///< `a[1:n]`, where `:n` is no parameter
  bool implicitRecursion = false;   ///< a CTE sees itself without RECURSIVE
  bool textBlocks = false;          ///< DO '…' is code, not an expression

  // Where statements end.
  bool lineCommands = false;       ///< one command a line, nothing else
  bool delimiterCommand = false;   ///< DELIMITER of the mysql client
  bool clientTerminators = false;  ///< `\g` and `\G` of the mysql client
  bool psqlCommands = false;       ///< backslash commands and COPY data of psql
  bool ruleActions = false;        ///< CREATE RULE … DO (…; …)

  // Compound bodies, whose inner `;` does not end the statement.
  bool triggerBodies = false;     ///< CREATE TRIGGER … BEGIN … END
  bool routineBodies = false;     ///< CREATE PROCEDURE, FUNCTION … BEGIN … END
  bool eventBodies = false;       ///< CREATE EVENT … DO BEGIN … END
  bool beginNeedsAtomic = false;  ///< the body is BEGIN ATOMIC … END
  bool flowBlocks = false;        ///< IF, CASE, LOOP, WHILE, REPEAT and FOR are blocks too
  bool anonymousBlocks = false;   ///< BEGIN NOT ATOMIC, and flow blocks outside of routines

  // What is not sure.
  bool doubtfulDoubleQuotes = false;  ///< "…" is a name, or a text when nothing is called so
  bool modesDecideQuotes = false;     ///< a mode of the server changes what a backslash or "…" is

  // How statements are written.
  bool schemaBeforeIndex = false;  ///< CREATE INDEX schema.name ON table, not ON schema.table
};

/// By the name that EngineDescriptor.dialect uses: `postgres`, `mysql`, `mariadb`, `sqlite`,
/// `redis`, `generic`. Null when there is none. Static storage duration.
const Dialect* findDialect(std::string_view name);

/// For text whose engine is unknown.
const Dialect& genericDialect();

}  // namespace mydba::sql
