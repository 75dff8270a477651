// Reading, fingerprinting and anonymising must survive any text and keep what their headers
// promise. The first byte chooses the dialect.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "sql/anonymize.h"
#include "sql/fingerprint.h"
#include "sql/splitter.h"
#include "sql/statement.h"

using namespace mydba::sql;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void checkStatement(std::string_view text, const Dialect& dialect) {
  const Statement statement = readStatement(text, dialect);
  require(!statement.kindName.empty() || dialect.lineCommands);
  for (const Change& change : statement.changes) require(change.position < text.size());
  for (const TableUse& use : statement.tables) require(use.table.position < text.size());
  for (const FunctionUse& use : statement.functions) require(use.function.position < text.size());
  for (const Parameter& parameter : statement.parameters)
    require(parameter.start < parameter.end && parameter.end <= text.size());
  if (statement.injection) require(*statement.injection < text.size());
  if (statement.swallowedQuote) require(*statement.swallowedQuote < text.size());
}

void checkFingerprint(std::string_view text, const Dialect& dialect) {
  const Fingerprint found = fingerprint(text, dialect);
  require(fingerprint(found.text, dialect).text == found.text);
  // Behind a DELIMITER or in a comment of MySQL's client a text is one statement that by itself is
  // none, or two.
  const auto ranges = split(text, dialect);
  const bool whole = ranges.size() == 1 && ranges[0].end - ranges[0].start == text.size();
  require(!whole || fingerprint(anonymize(text, dialect), dialect).text == found.text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static constexpr std::string_view names[] = {"generic", "postgres", "mysql",
                                               "mariadb", "sqlite",   "redis"};
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Dialect& dialect = *findDialect(names[size ? data[0] % 6 : 0]);
  for (const StatementRange& range : split(text, dialect)) {
    const std::string_view statement = text.substr(range.start, range.end - range.start);
    checkStatement(statement, dialect);
    (void)anonymize(statement, dialect, Names::tag);
    checkFingerprint(statement, dialect);
  }
  return 0;
}
