#include "sql/dialect.h"

namespace mydba::sql {
namespace {

struct ClassRules {
  bool backticks = false;
  bool brackets = false;
  bool hashComments = false;
  bool dollars = false;  ///< `$` continues names
};

constexpr CharTable makeClasses(ClassRules rules) {
  CharTable table{};
  for (int c = 0; c < 256; ++c) {
    CharClass kind = CharClass::symbol;
    if (c == ' ' || (c >= '\t' && c <= '\r')) kind = CharClass::blank;
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80)
      kind = CharClass::word;
    if (c >= '0' && c <= '9') kind = CharClass::digit;
    table[static_cast<std::size_t>(c)] = kind;
  }
  table['\''] = CharClass::singleQuote;
  table['"'] = CharClass::doubleQuote;
  table['-'] = CharClass::dash;
  table['/'] = CharClass::slash;
  table['*'] = CharClass::star;
  table[';'] = CharClass::semicolon;
  if (rules.backticks) table['`'] = CharClass::backtick;
  if (rules.brackets) table['['] = CharClass::bracket;
  if (rules.hashComments) table['#'] = CharClass::hash;
  if (rules.dollars) table['$'] = CharClass::dollar;
  return table;
}

constexpr CharTable postgresClasses = makeClasses({.dollars = true});
constexpr CharTable mysqlClasses =
    makeClasses({.backticks = true, .hashComments = true, .dollars = true});
constexpr CharTable sqliteClasses =
    makeClasses({.backticks = true, .brackets = true, .dollars = true});
constexpr CharTable genericClasses = makeClasses({.backticks = true, .dollars = true});

// MariaDB skips what MySQL 5.7 and later introduced (MariaDB manual, "Comment Syntax").
constexpr VersionRange skippedByMariadb{50700, 99999};

constexpr Dialect dialects[] = {
    {.name = "generic",
     .classes = &genericClasses,
     .dollarQuotes = true,
     .questionParameters = true,
     .dollarParameters = true,
     .delimiterCommand = true,
     .triggerBodies = true,
     .routineBodies = true,
     .eventBodies = true,
     .flowBlocks = true,
     .doubtfulDoubleQuotes = true,
     .modesDecideQuotes = true},
    // PostgreSQL manual, 4.1 "Lexical Structure"; psql manual for the commands.
    {.name = "postgres",
     .classes = &postgresClasses,
     .nestedComments = true,
     .escapeStrings = true,
     .dollarQuotes = true,
     .userIsValue = true,
     .dollarParameters = true,
     .arraySlices = true,
     .textBlocks = true,
     .psqlCommands = true,
     .ruleActions = true,
     .routineBodies = true,
     .beginNeedsAtomic = true,
     .modesDecideQuotes = true},
    // MySQL manual, chapter 11 "Language Structure" and 6.5.1 for the client.
    {.name = "mysql",
     .classes = &mysqlClasses,
     .dashNeedsBlank = true,
     .executableComments = true,
     .backslashEscapes = true,
     .doubleQuotedStrings = true,
     .atVariables = true,
     .quotedNamesFold = true,
     .pipesAreOr = true,
     .questionParameters = true,
     .delimiterCommand = true,
     .clientTerminators = true,
     .triggerBodies = true,
     .routineBodies = true,
     .eventBodies = true,
     .flowBlocks = true,
     .modesDecideQuotes = true},
    {.name = "mariadb",
     .classes = &mysqlClasses,
     .dashNeedsBlank = true,
     .executableComments = true,
     .mariadbComments = true,
     .skippedVersions = skippedByMariadb,
     .backslashEscapes = true,
     .doubleQuotedStrings = true,
     .atVariables = true,
     .quotedNamesFold = true,
     .pipesAreOr = true,
     .questionParameters = true,
     .delimiterCommand = true,
     .clientTerminators = true,
     .triggerBodies = true,
     .routineBodies = true,
     .eventBodies = true,
     .flowBlocks = true,
     .anonymousBlocks = true,
     .modesDecideQuotes = true},
    // sqlite.org/lang_keywords.html, lang_comment.html, lang_createtrigger.html,
    // lang_createindex.html.
    {.name = "sqlite",
     .classes = &sqliteClasses,
     .quotedNamesFold = true,
     .questionParameters = true,
     .dollarParameters = true,
     .atParameters = true,
     .implicitRecursion = true,
     .triggerBodies = true,
     .doubtfulDoubleQuotes = true,
     .schemaBeforeIndex = true},
    {.name = "redis",
     .classes = &genericClasses,
     .backslashEscapes = true,
     .doubleQuotedStrings = true,
     .lineCommands = true},
};

}  // namespace

const Dialect* findDialect(std::string_view name) {
  for (const Dialect& dialect : dialects)
    if (dialect.name == name) return &dialect;
  return nullptr;
}

const Dialect& genericDialect() { return dialects[0]; }

}  // namespace mydba::sql
