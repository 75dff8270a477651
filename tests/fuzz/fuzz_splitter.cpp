// The splitter must not crash, and its ranges must be what its header promises. The first byte
// chooses the dialect.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "sql/facts.h"
#include "sql/lexer.h"
#include "sql/splitter.h"
#include "sql/text_position.h"

using namespace mydba::sql;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void checkTokens(std::string_view text, const Dialect& dialect) {
  Lexer lexer(text, dialect);
  std::size_t before = 0;
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
    require(token.start >= before && token.end > token.start && token.end <= text.size());
    before = token.end;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static constexpr std::string_view names[] = {"generic", "postgres", "mysql",
                                               "mariadb", "sqlite",   "redis"};
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Dialect& dialect = *findDialect(names[size ? data[0] % 6 : 0]);
  checkTokens(text, dialect);
  std::size_t before = 0;
  Utf16Cursor cursor(text);
  std::int64_t unit = 0;
  for (const StatementRange& range : split(text, dialect)) {
    require(range.start >= before && range.end > range.start && range.end <= text.size());
    before = range.end;
    const StatementFacts facts =
        readFacts(text.substr(range.start, range.end - range.start), dialect);
    require(!facts.kindName.empty() || dialect.lineCommands);
    require(cursor.at(range.start) >= unit);
    unit = cursor.at(range.end);
  }
  return 0;
}
